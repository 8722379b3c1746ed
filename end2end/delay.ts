// A proxy that delays bytes, by half of the round trip each way, and keeps their order.
import { connect, createServer, type Socket } from "node:net";

export type Proxy = { address: string; end: () => Promise<void> };

/** A proxy in front of the server at `port` on this machine, with a round trip of `delay` ms. */
export async function delayed(port: number, delay: number): Promise<Proxy> {
  const open = new Set<Socket>();
  const server = createServer((browser) => {
    const upstream = connect(port, "127.0.0.1");
    for (const [from, to] of [[browser, upstream], [upstream, browser]]) {
      open.add(from);
      from.setNoDelay(true);
      from.on("data", (bytes) => setTimeout(() => to.writable && to.write(bytes), delay / 2));
      from.on("close", () => setTimeout(() => to.destroy(), delay / 2));
      from.on("error", () => to.destroy());
    }
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port: own } = server.address() as { port: number };
  return {
    address: `http://127.0.0.1:${own}`,
    end: async () => {
      open.forEach((socket) => socket.destroy());
      await new Promise((done) => server.close(done));
    },
  };
}
