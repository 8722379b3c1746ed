// From a toggle to the new figures, in Chromium, at 0 and 100 ms of network delay.
import { delayed } from "../delay";
import { expect, hydrated, logIn, test } from "../studio";

const rounds = 40;

for (const delay of [0, 100]) {
  test(`from toggle to figures at ${delay} ms`, async ({ page, server }) => {
    const proxy = await delayed(server.port, delay);
    await logIn(page, proxy.address);
    await hydrated(page);
    const times = await page.evaluate(async (rounds) => {
      const main = document.querySelector("main")!;
      const radios = [...document.querySelectorAll<HTMLInputElement>("form.division input[type=radio]")];
      const frame = () => new Promise((done) => requestAnimationFrame(done));
      const toggled: number[] = [];
      const figures: number[] = [];
      for (let round = 0; round < rounds; round++) {
        const radio = radios[(round + 1) % radios.length];
        const start = performance.now();
        radio.click();
        await frame();
        toggled.push(performance.now() - start);
        while (main.dataset.division !== radio.value || main.getAttribute("aria-busy") !== "false") await frame();
        figures.push(performance.now() - start);
        await new Promise((done) => setTimeout(done, 300));
      }
      return { toggled, figures };
    }, rounds);
    const summary = (values: number[]) => {
      const sorted = [...values].sort((one, other) => one - other);
      const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))].toFixed(1);
      return `median ${at(0.5)} ms, p95 ${at(0.95)} ms`;
    };
    console.log(`\n  ${delay} ms of delay: the toggle ${summary(times.toggled)}; the new figures ${summary(times.figures)}`);
    expect(times.figures).toHaveLength(rounds);
    await proxy.end();
  });
}
