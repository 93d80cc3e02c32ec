package dev.larder.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code cells}: accounts and regions. */
final class CellsBinder {
    static final List<String> KEYS = List.of("account", "region");

    private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");

    /** Such as eu-central-1, us-gov-west-1, us-isob-east-1, eusc-de-east-1. */
    private static final Pattern REGION = Pattern.compile("[a-z]{2,4}(-[a-z]{2,9}){1,2}-[1-9][0-9]?");

    private static final String SHAPE =
            "at least one cell, for instance [{account: \"111122223333\", region: eu-central-1}]";

    private CellsBinder() {}

    static List<Cell> bind(Section file) {
        List<Cell> cells = new ArrayList<>();
        file.require("cells", SHAPE).ifPresent(entry -> {
            for (Entry item : entry.atLeastOne(SHAPE)) {
                cell(item).ifPresent(cell -> {
                    if (cells.contains(cell)) {
                        item.problem(cell + " a second time", "each cell once");
                    }
                    cells.add(cell);
                });
            }
        });
        return cells;
    }

    /** Whether a text is {@code account/region}. */
    static boolean isCell(String text) {
        int slash = text.indexOf('/');
        return slash >= 0
                && ACCOUNT.matcher(text.substring(0, slash)).matches()
                && REGION.matcher(text.substring(slash + 1)).matches();
    }

    private static Optional<Cell> cell(Entry item) {
        return Section.of(item, KEYS).flatMap(section -> {
            Optional<String> account = section.require("account", "12 digits in quotes")
                    .flatMap(entry -> entry.text(CellsBinder::account));
            Optional<String> region = section.require("region", "a region such as eu-central-1")
                    .flatMap(entry -> entry.text(CellsBinder::region));
            return account.flatMap(digits -> region.map(name -> new Cell(digits, name)));
        });
    }

    private static String account(String text) {
        if (!ACCOUNT.matcher(text).matches()) {
            throw new UnexpectedText("12 digits in quotes");
        }
        return text;
    }

    private static String region(String text) {
        if (!REGION.matcher(text).matches()) {
            throw new UnexpectedText("a region such as eu-central-1");
        }
        return text;
    }
}
