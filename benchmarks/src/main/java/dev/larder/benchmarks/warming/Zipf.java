package dev.larder.benchmarks.warming;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Draws things by Zipf's law: the k-th in a ranking, which is drawn too, as 1/k to the power of an exponent. */
final class Zipf {
    private final Random random;
    private final List<Integer> ranking = new ArrayList<>();
    private final double[] sums;

    Zipf(int things, double exponent, Random random) {
        this.random = random;
        for (int i = 0; i < things; i++) {
            ranking.add(i);
        }
        Collections.shuffle(ranking, random);
        sums = new double[things];
        double sum = 0;
        for (int i = 0; i < things; i++) {
            sum += 1 / Math.pow(i + 1, exponent);
            sums[i] = sum;
        }
    }

    /** One of them, by number. */
    int draw() {
        int found = Arrays.binarySearch(sums, random.nextDouble() * sums[sums.length - 1]);
        return ranking.get(Math.min(found < 0 ? -found - 1 : found, sums.length - 1));
    }
}
