/**
 * What may be thrown away, in which order, and how much of it. Nothing here deletes anything.
 *
 * <p>A {@link dev.larder.domain.lifecycle.RepositoryState} is all that one read pass knows of a repository. Of it a {@link
 * dev.larder.domain.lifecycle.RepositoryPlan} is made under a {@link dev.larder.domain.lifecycle.Policy}: a verdict for each
 * manifest, with the guard that keeps it or the evidence that it may go. What is too dear to ask for every manifest is
 * asked for the candidates, and comes in as {@link dev.larder.domain.lifecycle.Objection}s. {@link
 * dev.larder.domain.lifecycle.Groups} go whole, and {@link dev.larder.domain.lifecycle.Selection} takes as many of them as
 * the limits of a run allow.
 */
@NullMarked
package dev.larder.domain.lifecycle;

import org.jspecify.annotations.NullMarked;
