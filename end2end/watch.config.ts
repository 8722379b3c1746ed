// How what `make watch` builds is looked at; not part of the tests, since a debug build takes minutes.
import { defineConfig } from "@playwright/test";
import tests from "./playwright.config";

export default defineConfig({
  ...tests,
  projects: tests.projects!.filter(({ name }) => name === "chromium"),
  testDir: "watch",
  outputDir: "results-watch",
  workers: 1,
  // Such a program takes its time, above all to make up the demo studio.
  timeout: 600_000,
  expect: { timeout: 60_000 },
  reporter: [["list"]],
});
