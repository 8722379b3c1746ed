// Prints at the end which tests failed and then passed when repeated, one per line; `.ci/steps` reads these lines.
import type { FullConfig, Reporter, Suite, TestCase } from "@playwright/test/reporter";
import { relative } from "node:path";

export default class FlakyTests implements Reporter {
  private tests: TestCase[] = [];

  onBegin(_config: FullConfig, suite: Suite) {
    this.tests = suite.allTests();
  }

  onEnd() {
    for (const test of this.tests.filter((test) => test.outcome() === "flaky")) console.log(`flaky: ${told(test)}`);
  }
}

/** The browser, the test, and the seed, the reason and the trace of its failing try. */
function told(test: TestCase): string {
  const [, browser, ...names] = test.titlePath();
  const failing = test.results.find(({ status }) => status !== test.expectedStatus)!;
  const seed = /CONTROL_MANIAC_SEED=\d+/.exec(failing.stdout.join(""))?.[0] ?? "no seed";
  const trace = failing.attachments.find(({ name }) => name === "trace")?.path;
  return [
    `[${browser}] ${names.join(" › ")}`,
    seed,
    inOneLine(failing.error?.message ?? failing.status),
    trace ? relative(process.cwd(), trace) : "no trace",
  ].join(" | ");
}

/** A message without its colours and line breaks, cut short. */
function inOneLine(message: string): string {
  return message.replace(/\x1b\[[0-9;]*m/g, "").replace(/\s+/g, " ").trim().slice(0, 240);
}
