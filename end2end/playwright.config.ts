// How the browser tests run: a real browser, each test with a server and a database of its own. Chromium runs them all;
// Firefox, where it is installed, those marked @every-browser.
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
            grep: /@every-browser/,
            use: { browserName: "firefox" as const, channel: "moz-firefox", launchOptions: { executablePath: firefox } },
          },
        ]
      : []),
  ],
});
