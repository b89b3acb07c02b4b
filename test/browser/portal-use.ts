import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Tab } from './tab';
import { until } from './third-party-hits';

const DATASET = '/dataset/aide-humanitaire-d-urgence';
const UPLOAD_BYTES = 300_000;

/** Uses the portal as a visitor does, and asserts that all of it works and no script of the page failed. */
export async function usePortal(tab: Tab): Promise<void> {
  await readDataset(tab);
  await callApi(tab);
  await chooseLanguage(tab);
  await logInAndOut(tab);
  await transfer(tab);
  await followRedirects(tab);
  await download(tab);
  assert.deepEqual(tab.errors, []);
}

async function readDataset({ page, place }: Tab): Promise<void> {
  await page.goto(place.example.origin + DATASET);
  // The chart and the map are drawn by the portal's own modules from its own API.
  await page.waitForFunction(() => 'Chart' in window && document.querySelector('[data-map] path.leaflet-interactive'));
  await page.waitForFunction(() => document.querySelector<HTMLImageElement>('.brand img')?.naturalWidth);
  assert.match(
    await page.$eval('.header', (header) => getComputedStyle(header).display),
    /flex|grid/,
    'the stylesheet is loaded',
  );
}

async function callApi({ page }: Tab): Promise<void> {
  await page.$eval('#message', (field) => ((field as HTMLTextAreaElement).value = 'A number is missing.'));
  await page.click('[data-problem] button');
  await page.waitForFunction(() => /P-\d+/.test(document.querySelector('[data-problem] output')?.textContent ?? ''));
  const [withoutToken, missing] = await page.evaluate(() =>
    Promise.all(
      [fetch('/api/problems', { method: 'POST', body: '{}' }), fetch('/nowhere')].map(
        async (response) => (await response).status,
      ),
    ),
  );
  assert.deepEqual([withoutToken, missing], [403, 404]);
}

async function chooseLanguage({ page, place }: Tab): Promise<void> {
  await Promise.all([page.waitForNavigation(), page.click('footer a[href="/cookies"]')]);
  const wanted = (await page.$eval('html', ({ lang }) => lang)) === 'en' ? 'fr' : 'en';
  await Promise.all([page.waitForNavigation(), page.click(`button[name=language][value=${wanted}]`)]);
  assert.equal(await page.$eval('html', ({ lang }) => lang), wanted);
  assert.equal(page.url(), `${place.example.origin}/cookies`);
}

async function logInAndOut({ page, place }: Tab): Promise<void> {
  await page.goto(`${place.example.origin}/login`);
  const logIn = async (password: string) => {
    await page.$eval(
      'main form',
      (form, password) => {
        form.querySelector<HTMLInputElement>('#username')!.value = 'demo';
        form.querySelector<HTMLInputElement>('#password')!.value = password;
      },
      password,
    );
    const [response] = await Promise.all([page.waitForNavigation(), page.click('main form button')]);
    return response?.status();
  };
  assert.equal(await logIn('wrong'), 401);
  assert.equal(await logIn('demo'), 200);
  assert.equal(await page.$eval('[data-user]', ({ textContent }) => textContent), 'demo');
  assert.doesNotMatch(await page.evaluate(() => document.cookie), /sessionid/, 'the session’s cookie is HttpOnly');
  await Promise.all([page.waitForNavigation(), page.click('form.account button')]);
  assert.equal(await page.$('[data-user]'), null);
}

async function transfer({ page }: Tab): Promise<void> {
  const { pieces, uploaded, range, redirected } = await page.evaluate(async (bytes) => {
    const stream = (await fetch('/demo/stream')).body!.getReader();
    let pieces = 0;
    while (!(await stream.read()).done) pieces++;
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(bytes)], { type: 'text/csv' }), 'records.csv');
    const uploaded = await (await fetch('/demo/upload', { method: 'POST', body: form })).json();
    const range = await fetch('/demo/chime.wav', { headers: { Range: 'bytes=8-11' } });
    const redirected = await fetch('/demo/redirect/3');
    return {
      pieces,
      uploaded,
      range: [range.status, await range.text()],
      redirected: [redirected.redirected, await redirected.text()],
    };
  }, UPLOAD_BYTES);
  assert.ok(pieces >= 3, `the stream arrived in ${pieces} pieces`);
  assert.ok(uploaded.size > UPLOAD_BYTES);
  assert.match(uploaded.type, /^multipart\/form-data/);
  assert.deepEqual(range, [206, 'WAVE']);
  assert.deepEqual(redirected, [true, 'arrived']);
}

async function followRedirects({ page, place }: Tab): Promise<void> {
  await page.goto(`${place.example.origin}/demo/redirect/3`);
  assert.equal(page.url(), `${place.example.origin}/demo/redirect/0`);
  assert.equal(await page.$eval('body', ({ innerText }) => innerText), 'arrived');
}

/** In a tab of its own: under automation, Firefox loses track of a tab that a download was started in. */
async function download(tab: Tab): Promise<void> {
  const { page, place } = await tab.another();
  place.example.page('/downloads', {
    body: '<a href="/demo/download">Download</a><audio src="/demo/chime.wav" preload="metadata"></audio>',
  });
  await page.goto(`${place.example.origin}/downloads`);
  await page.waitForFunction(() => Number(document.querySelector('audio')?.duration) > 1);
  await page.click('a');
  const file = join(place.downloads, 'records.csv');
  await until(async () => /CI,478\.9/.test(await readFile(file, 'utf8').catch(() => '')), 'the file was downloaded');
  await rm(file);
  await page.close();
}
