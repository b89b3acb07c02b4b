import assert from 'node:assert/strict';
import { forEachEngine, type StartVisit } from '../../harness';
import type { Tab } from '../../tab';

const FILES = [
  'gatekeeper.js',
  'gatekeeper-on-demand.js',
  'gatekeeper-interface.js',
  'gatekeeper-preferences.js',
] as const;

/** A site that serves the files as frameworks do: the worker at the root, and the others in a folder, under names with a hash. */
async function moved(start: StartVisit) {
  const { example, tab } = await start({ interface: 'own' });
  const script = (text: string) => new Response(text, { headers: { 'Content-Type': 'text/javascript' } });
  const text = Object.fromEntries(
    await Promise.all(FILES.map(async (name) => [name, await (await fetch(`${example.origin}/${name}`)).text()])),
  ) as Record<(typeof FILES)[number], string>;
  for (const name of FILES) {
    example.setFile(name, () => '');
    example.route(`/static/${name}`, () => script(text[name]));
    example.route(`/static/${name.replace('.js', '.1f3c.js')}`, () => script(text[name]));
  }
  const page = (path: string, tag: string) =>
    example.route(
      path,
      () =>
        new Response(`<!doctype html><html lang="en"><head>${tag}</head><body><main></main></body></html>`, {
          headers: { 'Content-Type': 'text/html' },
        }),
    );
  return { example, tab, text, page, script };
}

describe('The files may be anywhere', () => {
  forEachEngine(({ start }) => {
    it('the tag says where: a folder, the worker’s own address, names with a hash; for a module and for what is written into the page, too', async () => {
      const { example, tab, text, page, script } = await moved(start);
      // Whatever is joined with it, the script is not where its files are.
      example.route('/cache/js/all.js', () => script(`var before = 1;\n${text['gatekeeper.js']}\nvar after = 2;`));
      const inline = text['gatekeeper.js'].replaceAll('</script', '<\\/script');
      const pages = {
        '/folder': '<script src="/static/gatekeeper.js" data-worker="/gatekeeper-sw.js"></script>',
        '/hashed':
          '<script src="/static/gatekeeper.1f3c.js" data-worker="/gatekeeper-sw.js" data-on-demand="/static/gatekeeper-on-demand.1f3c.js" data-interface="gatekeeper-interface.1f3c.js" data-preferences="gatekeeper-preferences.1f3c.js"></script>',
        '/joined': '<script src="/cache/js/all.js" data-base="/static/" data-worker="/gatekeeper-sw.js"></script>',
        '/module': '<script type="module" src="/static/gatekeeper.js" data-worker="/gatekeeper-sw.js"></script>',
        '/inline': `<script data-base="/static" data-worker="/gatekeeper-sw.js">${inline}</script>`,
      };
      for (const [path, tag] of Object.entries(pages)) {
        page(path, tag);
        assert.equal(await tab.visit(path), 'guarded', path);
        await tab.page.waitForSelector('cookie-banner button');
        await tab.page.click('cookie-banner .other');
        await tab.page.waitForSelector('dialog[open] input');
        await tab.page.evaluate(() => window.gatekeeper.sweep());
        assert.ok(
          (await loadedBy(tab)).some((url) => url.includes('on-demand')),
          path,
        );
      }
      assert.deepEqual(tab.warnings, []);
      const loaded = await loadedBy(tab);
      assert.ok(
        loaded.every((src) => src.startsWith(`${example.origin}/static/`)),
        String(loaded),
      );
    });

    it('and where nobody says it, the error and the console do: how to', async () => {
      const { example, tab, text, page, script } = await moved(start);
      example.route('/cache/js/all.js', () => script(text['gatekeeper.js']));
      page('/joined', '<script src="/cache/js/all.js"></script>');
      assert.equal(await tab.visit('/joined'), 'not-loaded');
      assert.match(
        await tab.whyNotRegistered(),
        /Serve it beside gatekeeper\.js, or set data-base on the tag.*\/cache\/js\/gatekeeper-on-demand\.js/,
      );
      await tab.warned(
        /gatekeeper-interface\.js was not loaded, so nobody is asked.*data-base.*\/cache\/js\/gatekeeper-interface\.js/,
      );
    });
  });
});

/** The scripts that the page has loaded: ours do not stay in it. */
function loadedBy({ page }: Tab): Promise<string[]> {
  return page.evaluate(() =>
    (performance.getEntriesByType('resource') as PerformanceResourceTiming[])
      .filter(({ initiatorType }) => initiatorType === 'script')
      .map(({ name }) => name),
  );
}
