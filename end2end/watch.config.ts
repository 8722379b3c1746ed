// How the build of `make watch` is checked; not part of the tests, since a debug build takes minutes.
import { defineConfig } from "@playwright/test";
import tests from "./playwright.config";

export default defineConfig({
  ...tests,
  projects: tests.projects!.filter(({ name }) => name === "chromium"),
  testDir: "watch",
  outputDir: "results-watch",
  workers: 1,
  // A debug build is slow, above all in making up the demo studio.
  timeout: 600_000,
  expect: { timeout: 60_000 },
  reporter: [["list"]],
});
