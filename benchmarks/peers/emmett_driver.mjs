// Emmett's own PostgreSQL event store, asked and answered by a line of JSON each.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { randomUUID } from "node:crypto";
import { getPostgreSQLEventStore } from "@event-driven-io/emmett-postgresql";

const store = getPostgreSQLEventStore(process.argv[2]);
await store.schema.migrate();

const NEW = { expectedStreamVersion: "STREAM_DOES_NOT_EXIST" };
const say = (answer) => process.stdout.write(JSON.stringify(answer) + "\n");
const versionOf = (name) =>
  JSON.parse(readFileSync(new URL(`node_modules/${name}/package.json`, import.meta.url))).version;

function openWriter(type, data) {
  const stream = `petition-${randomUUID()}`;
  let expected = NEW;
  return async () => {
    const { nextExpectedStreamVersion } = await store.appendToStream(stream, [{ type, data }], expected);
    expected = { expectedStreamVersion: nextExpectedStreamVersion };
  };
}

// As for the others: each writer writes once before the clock starts, which stops with the last answer.
async function measureCommands({ writers, turn_s, topic, payload }) {
  const data = JSON.parse(payload);
  const writes = Array.from({ length: writers }, () => openWriter(topic, data));
  await Promise.all(writes.map((write) => write()));
  const startedAt = performance.now();
  const stopAt = startedAt + turn_s * 1000;
  let written = 0;
  await Promise.all(
    writes.map(async (write) => {
      while (performance.now() < stopAt) {
        await write();
        written += 1;
      }
    }),
  );
  return written / ((performance.now() - startedAt) / 1000);
}

// A stream at a time, all its events in one append: there is no append over several streams.
async function measureImport({ file }) {
  const lives = readFileSync(file, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line))
    .map(([id, events]) => [
      `petition-${id}`,
      events.map(([type, payload]) => ({ type, data: JSON.parse(payload) })),
    ]);
  const startedAt = performance.now();
  let written = 0;
  for (const [stream, events] of lives) {
    await store.appendToStream(stream, events, NEW);
    written += events.length;
  }
  return written / ((performance.now() - startedAt) / 1000);
}

say({
  settings: {
    version: versionOf("@event-driven-io/emmett-postgresql"),
    node: process.version,
    pg: versionOf("pg"),
    client: "one process, the pool's default of 10 connections",
    append: "the expected stream version stated",
    import: "a stream per append",
  },
});
for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  try {
    say({ rate: await (request.file ? measureImport(request) : measureCommands(request)) });
  } catch (error) {
    say({ error: `${error.name}: ${error.message}` });
  }
}
await store.close();
