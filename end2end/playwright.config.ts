// How the browser tests run: a real Chromium, each test with a server and a database of its own.
import { defineConfig } from "@playwright/test";

export default defineConfig({
  testDir: "tests",
  // Needs a second build: `make deployment` makes it and runs this one.
  testIgnore: process.env.CONTROL_MANIAC_OTHER_BUILD ? [] : ["deployment.spec.ts"],
  outputDir: "results",
  fullyParallel: true,
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  reporter: [["list"]],
  timeout: 60_000,
  use: { locale: "en-GB" },
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
  ],
});
