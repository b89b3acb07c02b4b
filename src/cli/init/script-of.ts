import { parse, type Program } from 'acorn';
import { CommandError } from '../command-error';

/** A script that was read, and never run. */
export interface Script {
  program: Program;
  text: string;
}

/** Elements that browsers run: JSON and templates in them are something else. */
const SCRIPT = /<script\b([^>]*)>([^]*?)<\/script\s*>/gi;
const NO_SCRIPT = /\btype\s*=\s*["']?(?!module\b|text\/javascript\b|application\/javascript\b)/i;

/**
 * Reads a file as JavaScript: a script, a module, a JSON file, or a page with scripts in it.
 * @param file names it in errors
 * @throws {CommandError} for what is none of them
 */
export function scriptOf(text: string, file: string): Script {
  const script = /^\s*</.test(text) ? withoutMarkup(text) : text;
  // An object alone is an expression, and at the beginning of a program it would be a block.
  const written = /^\s*\{/.test(script) ? `(${script}\n)` : script;
  try {
    return { program: parsed(written), text: written };
  } catch (error) {
    const { loc, message } = error as SyntaxError & { loc?: { line: number; column: number } };
    if (!loc) throw error;
    throw new CommandError(
      `${file} is not JavaScript: line ${loc.line}, column ${loc.column + 1}: ${message.replace(/ \(\d+:\d+\)$/, '')}. Name the file that has the configuration, as the browser gets it.`,
    );
  }
}

function parsed(text: string): Program {
  const options = { ecmaVersion: 'latest', locations: true, allowHashBang: true } as const;
  try {
    return parse(text, { ...options, sourceType: 'module' });
  } catch (error) {
    try {
      return parse(text, { ...options, sourceType: 'script' });
    } catch {
      throw error;
    }
  }
}

/** The scripts of a page, each on its lines. */
function withoutMarkup(html: string): string {
  let script = '';
  let end = 0;
  for (const { 0: whole, 1: attributes, 2: content, index } of html.matchAll(SCRIPT)) {
    const start = index + whole.indexOf('>') + 1;
    script += blank(html.slice(end, start));
    // What follows is another script, also where this has no semicolon at its end.
    script += NO_SCRIPT.test(attributes!) ? blank(content!) : `${content};`;
    end = start + content!.length + (NO_SCRIPT.test(attributes!) ? 0 : 1);
  }
  return script + blank(html.slice(end));
}

function blank(text: string): string {
  return text.replace(/[^\r\n]/g, ' ');
}
