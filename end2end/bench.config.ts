// How the measurements in a browser run: one at a time. Their output is the result.
import { defineConfig } from "@playwright/test";
import tests from "./playwright.config";

export default defineConfig({
  ...tests,
  projects: tests.projects!.filter(({ name }) => name === "chromium"),
  testDir: "bench",
  outputDir: "results-bench",
  workers: 1,
  timeout: 600_000,
  reporter: [["line"]],
});
