package dev.larder.local.ecr.api;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** ECR's API over a folder of its own. */
abstract class EcrApiFixture {
    Fixture ecr;

    @BeforeEach
    void open(@TempDir Path data) {
        ecr = new Fixture(data);
    }

    @AfterEach
    void close() {
        ecr.close();
    }
}
