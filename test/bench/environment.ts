import { readFileSync } from 'node:fs';
import { cpus, release, totalmem, type as systemName } from 'node:os';

/** What a measurement depends on, besides what is measured. */
export interface Environment {
  machine: string;
  /** Of what took part, such as `Chromium 156.0.1`. */
  versions: string[];
  /** How often everything was measured, in words. */
  rounds: string;
}

/** @param versions of what took part besides Node and this package */
export function environmentOf(versions: string[], rounds: string): Environment {
  const cores = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return {
    machine: `${cores.length} × ${cores[0]?.model.trim() ?? 'unknown processor'}, ${memory} GiB, ${systemName()} ${release()}`,
    versions: [`cookie-gatekeeper ${versionOf('.')}`, `Node ${process.versions.node}`, ...versions],
    rounds,
  };
}

/** A package with its version, as it is installed. */
export function packageVersion(name: string): string {
  return `${name} ${versionOf(`node_modules/${name}`)}`;
}

function versionOf(folder: string): string {
  const file = new URL(`../../${folder}/package.json`, import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
