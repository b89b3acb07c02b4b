import { audit } from './commands/audit';
import { build } from './commands/build';
import { check } from './commands/check';
import { exportCommand } from './commands/export';
import { forget } from './commands/forget';
import { init } from './commands/init';
import { lock } from './commands/lock';
import { policy } from './commands/policy';
import { preview } from './commands/preview';
import { reports } from './commands/reports';
import { uninstall } from './commands/uninstall';
import type { Command } from './command';

/** Every command, by its name, in the order in which a site is set up. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  audit,
  init,
  preview,
  build,
  lock,
  check,
  reports,
  policy,
  export: exportCommand,
  forget,
  uninstall,
};
