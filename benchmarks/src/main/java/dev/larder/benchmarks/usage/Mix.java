package dev.larder.benchmarks.usage;

import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Tagged;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * How often which images are pulled.
 *
 * @param name for people
 * @param shares of all pulls that each image has; they add up to 1
 * @param rate pulls a second, of all images together
 */
public record Mix(String name, List<Double> shares, double rate) {
    /** Copies the shares. */
    public Mix {
        shares = List.copyOf(shares);
    }

    /** Images that are all pulled alike. */
    public static Mix hot(int images, double perImage) {
        return new Mix(
                "hot: " + images + " images at " + number(perImage) + "/s each",
                Collections.nCopies(images, 1.0 / images),
                images * perImage);
    }

    /** Zipf's distribution with exponent 1: the n-th image has a share of 1/n of the first one's. */
    public static Mix zipf(int images, double rate) {
        double sum = 0;
        for (int rank = 1; rank <= images; rank++) {
            sum += 1.0 / rank;
        }
        List<Double> shares = new ArrayList<>();
        for (int rank = 1; rank <= images; rank++) {
            shares.add(1.0 / rank / sum);
        }
        return new Mix(String.format("Zipf(1.0): %,d images at %s/s", images, number(rate)), shares, rate);
    }

    private static String number(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }

    /** Pulls of a day. */
    public double perDay() {
        return rate * 86_400;
    }

    /** An image's name, the most popular image first. */
    public static Tagged image(int number) {
        return (Tagged) ImageReference.parse(String.format("docker-hub/library/image-%04d:1.%d", number, number % 40));
    }

    /** Draws images by their shares. */
    public Draw draw(Random random) {
        double[] upTo = new double[shares.size()];
        double sum = 0;
        for (int i = 0; i < upTo.length; i++) {
            sum += shares.get(i);
            upTo[i] = sum;
        }
        return () -> {
            int found = Arrays.binarySearch(upTo, random.nextDouble() * upTo[upTo.length - 1]);
            return Math.min(found < 0 ? -found - 1 : found, upTo.length - 1);
        };
    }

    /** A source of images. */
    @FunctionalInterface
    public interface Draw {
        /** The number of the next one. */
        int next();
    }
}
