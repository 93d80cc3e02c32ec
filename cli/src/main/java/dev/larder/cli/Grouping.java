package dev.larder.cli;

/** What pulls can be added up by. */
enum Grouping {
    team,
    principal,
    image,
    repository,
    upstream,
    day
}
