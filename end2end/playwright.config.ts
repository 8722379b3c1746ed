// How the browser tests run: in a real Chromium, and in a real Firefox if there is one; each test with a server and a
// database of its own.
import { defineConfig } from "@playwright/test";

// In `make test` a test that fails is repeated once, and `.ci/steps` says how many of them there may be. The trace is
// kept without pictures, which would have to be taken from every page of every test.
const repeats = Boolean(process.env.CONTROL_MANIAC_REPEAT);

export default defineConfig({
  testDir: "tests",
  // Needs a second build, which `.ci/other-build` makes.
  testIgnore: process.env.CONTROL_MANIAC_OTHER_BUILD ? [] : ["deployment.spec.ts"],
  outputDir: "results",
  fullyParallel: true,
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  retries: repeats ? 1 : 0,
  reporter: [["list"], ["./flaky.ts"]],
  // Generous, because speed is measured elsewhere (`make bench`).
  timeout: 120_000,
  expect: { timeout: 20_000 },
  use: {
    locale: "en-GB",
    trace: { mode: repeats ? "retain-on-failure" : "off", screenshots: false, snapshots: false, sources: false },
  },
  projects: [
    {
      name: "chromium",
      use: {
        browserName: "chromium",
        launchOptions: {
          executablePath: process.env.CONTROL_MANIAC_BROWSER,
          args: [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
          ],
        },
      },
    },
    {
      name: "firefox",
      // Not where Chromium leaves its screenshots.
      outputDir: "results-firefox",
      // What a person does with the filter. Tests that need Chromium are marked.
      testMatch: ["windows", "pinned", "withdrawn", "people", "leaving", "blocked"].map((name) => `${name}.spec.ts`),
      grepInvert: /@chromium/,
      use: {
        browserName: "firefox",
        channel: "moz-firefox",
        launchOptions: { executablePath: process.env.CONTROL_MANIAC_FIREFOX },
      },
    },
  ],
});
