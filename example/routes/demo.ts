import { Hono } from 'hono';
import { stream } from 'hono/streaming';
import { chime } from '../chime';
import { rangedResponse } from '../ranged-response';

const CHUNKS = 5;
const CHUNK_PAUSE_MS = 200;

/** Responses that a careless gatekeeper would break: streams, downloads, uploads, redirects, ranges. */
export const demo = new Hono();

demo.get('/stream', (c) => {
  c.header('Content-Type', 'text/plain; charset=utf-8');
  return stream(c, async (out) => {
    for (let chunk = 1; chunk <= CHUNKS && !out.aborted; chunk++) {
      await out.write(`chunk ${chunk} of ${CHUNKS}\n`);
      await out.sleep(CHUNK_PAUSE_MS);
    }
  });
});

demo.get('/download', (c) => {
  c.header('Content-Disposition', 'attachment; filename="records.csv"');
  return c.body('country,amount\nSN,322.5\nCI,478.9\n', 200, { 'Content-Type': 'text/csv; charset=utf-8' });
});

demo.post('/upload', async (c) => {
  const { byteLength } = await c.req.arrayBuffer();
  return c.json({ size: byteLength, type: c.req.header('content-type') });
});

demo.get('/redirect/:hops{\\d+}', (c) => {
  const hops = Number(c.req.param('hops'));
  return hops > 0 ? c.redirect(`/demo/redirect/${hops - 1}`) : c.text('arrived');
});

demo.get('/chime.wav', (c) => rangedResponse(c.req.raw, chime(), 'audio/wav'));
