// @ts-check
// A site that has its uploads transcoded. Node 18 or newer, nothing else; TypeScript checks it by the types in comments.
//
// node site.mjs submit UPLOAD KEY    what the site does when an upload is complete; prints the job's id
// node site.mjs serve                POST /api/transcode-webhook and GET /feed.xml
import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import { mkdir, readFile, readdir, rename, writeFile } from "node:fs/promises";
import { createServer } from "node:http";

const api = process.env.API_URL ?? "http://127.0.0.1:3000";
const media = process.env.MEDIA_URL ?? "https://www.example.com/roku-stream"; // where the bucket's root is seen
const events = process.env.EVENTS ?? "events";
const secrets = (process.env.TRANSCODE_WEBHOOK_SECRET ?? "").split(/[,\s]+/).filter(Boolean);

/** @typedef {{ profile: string, key: string }} Output */
/** @typedef {{ job_id: string, status: "complete" | "failed" | "cancelled", outputs?: Output[], error?: string }} JobEnd */

/**
 * Queues one job for an upload, also when it is called twice: the Idempotency-Key tells that it is the same.
 * @param {string} upload
 * @param {string} key
 * @returns {Promise<string>}
 */
async function submit(upload, key) {
  const job = { id: `film-${upload}`, inputKey: key, profile: "roku-hls", outputPrefix: `films/${upload}` };
  const answer = await fetch(`${api}/api/transcode/submit`, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      "Idempotency-Key": `upload-${upload}`,
      Authorization: `Bearer ${process.env.TRANSCODE_API_TOKEN ?? ""}`,
    },
    body: JSON.stringify(job),
    signal: AbortSignal.timeout(15_000),
  });
  const said = await answer.json();
  if (!answer.ok) throw new Error(`${answer.status}: ${said.error}`);
  return said.jobId;
}

/**
 * The event's id if the webhook is signed with one of our secrets and not old.
 * @param {import("node:http").IncomingHttpHeaders} headers
 * @param {Buffer} body
 * @returns {string | undefined}
 */
function verified(headers, body) {
  const event = String(headers["webhook-id"] ?? "");
  const sent = String(headers["webhook-timestamp"] ?? "");
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(event) || !/^[0-9]{1,12}$/.test(sent)) return undefined;
  if (Math.abs(Date.now() / 1000 - Number(sent)) > 300) return undefined;
  const given = String(headers["webhook-signature"] ?? "").split(" ");
  for (const secret of secrets) {
    const mac = createHmac("sha256", Buffer.from(secret.replace(/^whsec_/, ""), "base64"));
    const wanted = Buffer.from("v1," + mac.update(`${event}.${sent}.`).update(body).digest("base64"));
    for (const one of given) {
      const other = Buffer.from(one);
      if (other.length === wanted.length && timingSafeEqual(other, wanted)) return event;
    }
  }
  return undefined;
}

/**
 * One file for each event: a webhook that comes twice writes the same file again.
 * @param {string} event
 * @param {Buffer} body
 */
async function record(event, body) {
  await mkdir(events, { recursive: true });
  const part = `${events}/${event}.${randomUUID()}.part`;
  await writeFile(part, body);
  await rename(part, `${events}/${event}.json`);
}

/** The complete films as MRSS, made of the recorded events. */
async function feed() {
  /** @type {Map<string, string>} */
  const playlists = new Map();
  for (const file of await readdir(events).catch(() => [])) {
    if (!file.endsWith(".json")) continue;
    const end = /** @type {JobEnd} */ (JSON.parse(await readFile(`${events}/${file}`, "utf8")));
    const hls = end.outputs?.find((output) => output.profile === "hls");
    if (hls) playlists.set(end.job_id, `${media}/${hls.key.split("/").map(encodeURIComponent).join("/")}`);
  }
  const items = [...playlists].sort().map(
    ([job, url]) =>
      `<item><guid isPermaLink="false">${escape(job)}</guid><title>${escape(job)}</title>` +
      `<media:content url="${escape(url)}" type="application/x-mpegURL" medium="video"/></item>\n`,
  );
  return (
    '<?xml version="1.0" encoding="UTF-8"?>\n' +
    '<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/">' +
    `<channel><title>Films</title>\n${items.join("")}</channel></rss>\n`
  );
}

/** @param {string} text */
function escape(text) {
  return text.replace(/[&<>"]/g, (one) => `&#${one.charCodeAt(0)};`);
}

/**
 * @param {import("node:http").IncomingMessage} request
 * @param {import("node:http").ServerResponse} response
 */
async function answer(request, response) {
  if (request.method === "POST" && request.url === "/api/transcode-webhook") {
    const chunks = [];
    let size = 0;
    for await (const chunk of request) {
      size += chunk.length;
      if (size > 1_000_000) return response.writeHead(413).end();
      chunks.push(chunk);
    }
    const body = Buffer.concat(chunks); // the bytes as they came: JSON that is parsed and written again has another signature
    const event = verified(request.headers, body);
    if (!event) return response.writeHead(401).end();
    await record(event, body);
    return response.writeHead(204).end(); // at once; what takes long comes afterwards, from the recorded event
  }
  if (request.method === "GET" && request.url === "/feed.xml") {
    return response.writeHead(200, { "Content-Type": "application/rss+xml" }).end(await feed());
  }
  return response.writeHead(404).end();
}

const [command, upload, key] = process.argv.slice(2);
if (command === "submit" && upload && key) {
  console.log(await submit(upload, key));
} else if (command === "serve" && secrets.length > 0) {
  const server = createServer((request, response) => {
    answer(request, response).catch((error) => {
      console.error(error);
      response.destroy(); // no answer is no 2xx: the webhook comes again
    });
  });
  server.listen(Number(process.env.PORT ?? 8000), "127.0.0.1", () => {
    const address = /** @type {import("node:net").AddressInfo} */ (server.address());
    console.log(`Listening on http://127.0.0.1:${address.port}`);
  });
} else {
  console.error("usage: node site.mjs submit UPLOAD KEY | serve; serve needs TRANSCODE_WEBHOOK_SECRET, the one of the workers");
  process.exitCode = 2;
}
