// How the browser tests run: a real browser, each test with a server and a database of its own. Chromium runs them all;
// Firefox, where it is installed, those of what a person does with the filter in several windows and by links.
import { defineConfig } from "@playwright/test";

const firefox = process.env.CONTROL_MANIAC_FIREFOX;

export default defineConfig({
  testDir: "tests",
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
    ...(firefox
      ? [
          {
            name: "firefox",
            testMatch: ["division.spec.ts", "windows.spec.ts", "pinned.spec.ts"],
            // What Firefox can't be told over WebDriver BiDi: to run no scripts, and to keep pages for going back.
            grepInvert: /without JavaScript|back\/forward cache/,
            use: { browserName: "firefox" as const, channel: "moz-firefox", launchOptions: { executablePath: firefox } },
          },
        ]
      : []),
  ],
});
