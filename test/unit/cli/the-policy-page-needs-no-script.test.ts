import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { UnknownLanguageError } from '../../../src/cli/interface-languages';
import { policyPage } from '../../../src/cli/policy-page';
import { languages } from '../../../src/elements/texts/languages';
import { parsePolicy } from '../../../src/policy/index';

const preset: unknown = JSON.parse(
  readFileSync(new URL('../../../src/policy/presets/opendatasoft.json', import.meta.url), 'utf8'),
);
const policyWith = (service: object) => ({
  revision: '1',
  services: [{ id: 'x', provider: 'P', purpose: 'third-party', cookies: [{ name: 'c' }], ...service }],
});

describe('The policy page needs no script', () => {
  it('in HTML: the kinds explained, and a table with every service and every cookie', () => {
    const page = policyPage(preset);
    assert.match(page, /^<article lang="en" dir="ltr">\n<h1>Cookies policy<\/h1>/);
    assert.match(page, /What is a cookie\?/);
    for (const kind of ['“Necessary”', '“Statistical”', '“First-party”|first-party”', '“Third-party”'])
      assert.match(page, new RegExp(kind));
    const columns = [...page.matchAll(/<th scope="col">([^<]*)<\/th>/g)].map(([, text]) => text);
    assert.deepEqual(columns.slice(0, 5), [
      "Service provider's name",
      'Function and location',
      'Cookie name(s)',
      'Purposes',
      'Lifetime',
    ]);
    assert.ok(
      page.includes(
        '<tr><td>Opendatasoft</td><td>Authentication (front and back office)</td><td><code>sessionid</code></td><td>To remember the user from one page to another</td><td>2 weeks</td></tr>',
      ),
    );
    for (const { provider, cookies = [] } of parsePolicy(preset).services) {
      assert.ok(page.includes(`<td>${provider}</td>`), String(provider));
      for (const { name } of cookies) assert.ok(page.includes(`<code>${name}</code>`), name);
    }
    assert.doesNotMatch(page, /<script|style=|undefined|\[object/);
  });

  it('in Markdown, in French', () => {
    const page = policyPage(preset, { format: 'markdown', language: 'fr' });
    assert.match(page, /^# Politique relative aux cookies\n\n/);
    assert.ok(page.includes('«\u202fnécessaires\u202f»'), 'no line may break inside the quotation marks');
    assert.ok(
      page.includes(
        '| Opendatasoft | Choix de la langue (front et back office) | `django_language` | Se souvenir de la langue du visiteur | 12 mois |',
      ),
    );
    for (const line of page.split('\n').filter((line) => line.startsWith('|')))
      assert.equal(line.replaceAll('\\|', '').split('|').length, 7, line);
  });

  it('what nobody has stated is not said to be none', () => {
    const service = { id: 'x', provider: 'P', name: 'N', purpose: 'third-party', origins: ['https://a.example'] };
    for (const [language, { noCookies, notStated }] of Object.entries(languages)) {
      const lineOf = (rest: object) =>
        /<tr><td>P<.*<\/tr>/.exec(policyPage({ revision: '1', services: [{ ...service, ...rest }] }, { language }))![0];
      const purpose = languages[language]!['purpose-third-party'];
      const line = (cookie: string, lifetime: string) =>
        `<tr><td>P</td><td>N</td><td>${cookie}</td><td>${purpose}</td><td>${lifetime}</td></tr>`;
      assert.equal(lineOf({}), line(notStated, notStated));
      assert.equal(lineOf({ cookies: [] }), line(noCookies, ''));
      assert.equal(lineOf({ cookies: [{ name: 'c' }] }), line('<code>c</code>', notStated));
      assert.equal(
        lineOf({ cookies: [{ name: 'c', lifetime: { [language]: '1 d' } }] }),
        line('<code>c</code>', '1 d'),
      );
      const markdown = policyPage({ revision: '1', services: [service] }, { language, format: 'markdown' });
      assert.ok(markdown.includes(`| P | N | ${notStated} | ${purpose} | ${notStated} |`), markdown);
    }
  });

  it('whatever the policy’s texts have in them', () => {
    const hostile = policyWith({ provider: '<img src=x onerror=alert(1)> & "co" | *x*', cookies: [{ name: '<b>|`' }] });
    assert.ok(policyPage(hostile).includes('&#60;img src=x onerror=alert(1)&#62; &#38; &#34;co&#34;'));
    assert.doesNotMatch(policyPage(hostile), /<img|<b>/);
    const markdown = policyPage(hostile, { format: 'markdown' });
    assert.ok(markdown.includes('\\<img src=x onerror=alert(1)\\> & "co" \\| \\*x\\*'), markdown);
  });

  it('with the site’s own words, purposes and languages', () => {
    const own = {
      ...policyWith({ purpose: 'maps', description: { oc: 'Mapas' } }),
      texts: { oc: { pageTitle: 'Politica', 'purpose-maps': 'Mapas' } },
    };
    const page = policyPage(own, { language: 'oc' });
    assert.match(page, /<article lang="oc" dir="ltr">\n<h1>Politica<\/h1>/);
    assert.match(page, /<h3>Mapas<\/h3>/);
    assert.throws(() => policyPage(preset, { language: 'xx' }), UnknownLanguageError);
  });
});
