package dev.larder.local.cloud;

import dev.larder.local.template.CloudAssembly;
import dev.larder.local.template.StackTemplate;
import dev.larder.local.template.TemplateException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The stacks of the one cell that a local cloud stands for. */
record CellStacks(String account, String region, List<StackTemplate> stacks) {
    static CellStacks read(Path cdkOut, Optional<String> wanted) throws IOException {
        List<StackTemplate> all = CloudAssembly.read(cdkOut);
        List<String> cells = all.stream().map(CellStacks::cell).distinct().toList();
        if (cells.isEmpty()) {
            throw new TemplateException(cdkOut + " has no stacks. Add a cell to larder.yaml and synthesize again.");
        }
        String cell = wanted.orElse(cells.getFirst());
        List<StackTemplate> stacks =
                all.stream().filter(stack -> cell(stack).equals(cell)).toList();
        if (stacks.isEmpty()) {
            throw new TemplateException(cdkOut + " has no stack for the cell " + cell + "; it has " + cells
                    + ". Choose one of them with --cell.");
        }
        return new CellStacks(stacks.getFirst().account(), stacks.getFirst().region(), stacks);
    }

    private static String cell(StackTemplate stack) {
        return stack.account() + "/" + stack.region();
    }
}
