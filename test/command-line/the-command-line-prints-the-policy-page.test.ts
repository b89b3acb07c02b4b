import assert from 'node:assert/strict';
import { languages, pageLanguages } from '../../src/elements/texts/languages';
import { policyPage } from '../../src/cli/policy-page';
import { commandLine } from './command-line';
import { SAMPLE, sampleWith } from '../unit/sample-policy';

describe('The command line prints the policy page', () => {
  const { succeed, fail, misuse, write, list } = commandLine();

  beforeEach(() => write('policy.json', JSON.stringify(SAMPLE)));

  it('as HTML in English without being asked, and writes no file', () => {
    const page = succeed('policy', 'policy.json');
    assert.equal(page, `${policyPage(SAMPLE)}\n`);
    assert.match(page, /^<article lang="en" dir="ltr">\n<h1>Cookies policy<\/h1>/);
    assert.match(page, /<code>sessionid<\/code>/);
    assert.deepEqual(list(), ['policy.json']);
  });

  it('as Markdown', () => {
    const page = succeed('policy', 'policy.json', '--format', 'markdown');
    assert.match(page, /^# Cookies policy\n\n/);
    assert.match(
      page,
      /^\| Opendatasoft \| Authentication \(front and back office\) \| `sessionid` \| .* \| 2 weeks \|$/m,
    );
    assert.doesNotMatch(page, /<\w/);
  });

  for (const language of Object.keys(languages)) {
    it(`in ${language}`, () => {
      const page = succeed('policy', 'policy.json', '--format', 'html', '--language', language);
      assert.ok(
        page.startsWith(`<article lang="${language}" dir="ltr">\n<h1>${pageLanguages[language]!.pageTitle}</h1>`),
        page.slice(0, 200),
      );
      // Apostrophes and quotation marks are the same in HTML, but for the straight ones.
      if (language !== 'en') assert.ok(page.includes(`<li>${languages[language]!['purpose-statistics-text']}</li>`));
    });
  }

  it('in a language that only the policy has', () => {
    write('policy.json', JSON.stringify(sampleWith((policy) => (policy.texts = { ar: { pageTitle: 'سياسة' } }))));
    assert.match(
      succeed('policy', 'policy.json', '--language', 'ar'),
      /^<article lang="ar" dir="rtl">\n<h1>سياسة<\/h1>/,
    );
  });

  it('and names the languages and the formats that there are', () => {
    assert.match(fail('policy', 'policy.json', '--language', 'xx'), /no texts in "xx".*de, en, es, fr, it, nl, pt/);
    assert.match(misuse('policy', 'policy.json', '--format', 'pdf'), /"pdf".*html, markdown/);
  });

  it('and says what is wrong with the policy, without a stack trace', () => {
    assert.match(fail('policy', 'missing.json'), /missing\.json could not be read: there is no such file/);
    assert.match(misuse('policy'), /"policy" takes one policy file/);
    write('policy.json', '{');
    assert.match(fail('policy', 'policy.json'), /policy\.json is not JSON/);
    write('policy.json', JSON.stringify(sampleWith((policy) => (policy.services[3].origins[0] = '*.example.com/'))));
    assert.match(fail('policy', 'policy.json'), /policy\.json has a mistake[\s\S]*services\[3\]\.origins\[0\]/);
  });
});
