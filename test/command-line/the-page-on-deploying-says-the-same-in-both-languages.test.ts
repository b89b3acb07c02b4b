import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { blocksIn, commandsIn, deployingPage, inlineCode, type Page, type Section } from '../deploying/deploying-page';
import { commandLine } from './command-line';
import { KLARO } from './other-configurations';

const read = (name: string) => readFile(new URL(`../../${name}`, import.meta.url), 'utf8');

describe('The page on deploying says the same in both languages', () => {
  const { run, write, read: written } = commandLine();
  let english: Page;
  let french: Page;
  before(async () => {
    ({ english, french } = await deployingPage());
  });

  const assertAlike = (what: (section: Section) => unknown) => assert.deepEqual(french.map(what), english.map(what));

  it('in the same sections, with the same commands, lines and printed texts', () => {
    assertAlike(({ level }) => level);
    assertAlike(({ heading }) => /^\d/.exec(heading)?.[0]);
    assertAlike(({ blocks }) => blocks);
    assert.ok(english.flatMap(({ blocks }) => blocks).length > 20, 'there are some');
  });

  it('and names the same files, options and headers, pages and rows', () => {
    assertAlike((section) => [...new Set(inlineCode(section))].sort());
    assertAlike(({ prose }) => [...prose.matchAll(/\]\(([^#)][^)]*)\)/g)].map(([, link]) => link));
    assertAlike(({ prose }) => prose.match(/^(\||(> )?\d\.)/gm)?.join(''));
  });

  it('and leads to sections that are there', () => {
    for (const page of [english, french]) {
      const anchors = page.map(({ heading }) =>
        heading
          .toLowerCase()
          .replace(/[^\p{L}\p{N} -]/gu, '')
          .replaceAll(' ', '-'),
      );
      const links = page.flatMap(({ prose }) => [...prose.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor!));
      // The first leads to the other language.
      assert.deepEqual(
        links.slice(1).filter((link) => !anchors.includes(link)),
        [],
      );
    }
  });

  it('and installs what the commands need', async () => {
    const { name, peerDependencies, engines } = JSON.parse(await read('package.json'));
    const wanted = [name, ...Object.keys(peerDependencies).filter((one) => one !== 'unstorage')].sort();
    const installing = english.flatMap(({ blocks }) =>
      blocks.flatMap(({ text }) => text.match(/^npm install .*/gm) ?? []),
    );
    assert.ok(installing.length > 0);
    for (const line of installing)
      assert.deepEqual(
        line
          .split(' ')
          .filter((word) => !/^(npm|install|--save-dev)$/.test(word))
          .sort(),
        wanted,
      );
    assert.ok(english[0]!.prose.includes(`Node.js ${engines.node.replace('>=', '')} or later`));
  });

  it('and prints what it says of another consent manager', () => {
    const heading = 'Where the site has a consent manager already';
    write('klaro-config.js', KLARO);
    const line = commandsIn(english, heading).find((one) => / init /.test(one))!;
    const { status, stderr } = run(...line.split(' ').slice(2));
    assert.equal(status, 0);
    assert.ok(stderr.startsWith(blocksIn(english, heading, '')[0]!), stderr);
    const { services } = JSON.parse(written('policy.json'));
    const unknown = services.find(({ id }: { id: string }) => id === 'surveyBox');
    assert.deepEqual(unknown.origins, ['https://write-its-host.invalid']);
  });
});
