import { spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { executableNamedIn, findExecutable } from '../../src/cli/browser/find-executable';
import { aptCommand, hasApt, installPackages } from '../debian';
import { freePort } from '../free-port';

/** A site of a server: known by its host name, with these lines of configuration. */
export interface ServedSite {
  host: string;
  lines: string;
}

export interface RunningServer {
  port: number;
  stop(): Promise<void>;
}

export type ServerName = 'nginx' | 'apache' | 'caddy';

interface Kind {
  /** The Debian package, and the executable in it. */
  package: string;
  executable: string;
  /** Names the executable, where it is none of the above. */
  variable: string;
  arguments(folder: string): string[];
  configuration(sites: ServedSite[], port: number, folder: string): string;
}

/** Where Debian keeps Apache's modules. */
const APACHE_MODULES = '/usr/lib/apache2/modules';

const KINDS: Record<ServerName, Kind> = {
  nginx: {
    package: 'nginx-light',
    executable: 'nginx',
    variable: 'NGINX_PATH',
    arguments: (folder) => ['-p', folder, '-c', join(folder, 'configuration'), '-e', 'stderr'],
    configuration: (
      sites,
      port,
      folder,
    ) => `daemon off; master_process off; error_log stderr crit; pid ${folder}/pid; events {}
http {
  access_log off; types { text/html html; text/javascript js; } server_names_hash_bucket_size 128; server_names_hash_max_size 4096;
  ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`).join(' ')}
  ${sites.map(({ host, lines }) => `server {\n listen 127.0.0.1:${port};\n server_name ${host};\n root ${folder}/site;\n${lines}\n}`).join('\n')}
}`,
  },
  apache: {
    package: 'apache2',
    executable: 'apache2',
    variable: 'APACHE_PATH',
    arguments: (folder) => ['-d', folder, '-f', join(folder, 'configuration'), '-DFOREGROUND'],
    configuration: (
      sites,
      port,
      folder,
    ) => `${['mpm_event', 'authz_core', 'headers', 'setenvif', 'mime', 'dir', 'proxy', 'proxy_http', 'alias', 'filter', 'sed', 'deflate', 'ssl'].map((name) => `LoadModule ${name}_module ${APACHE_MODULES}/mod_${name}.so`).join('\n')}
ServerName localhost
Listen 127.0.0.1:${port}
PidFile ${folder}/pid
ErrorLog /dev/stderr
User www-data
Group www-data
StartServers 1
TypesConfig /dev/null
AddType text/html .html
AddType text/javascript .js
DirectoryIndex index.html
DocumentRoot ${folder}/site
<Directory ${folder}>
  Require all granted
  AllowOverride All
</Directory>
${sites.map(({ host, lines }) => `<VirtualHost 127.0.0.1:${port}>\nServerName ${host}\n${lines}\n</VirtualHost>`).join('\n')}`,
  },
  caddy: {
    package: 'caddy',
    executable: 'caddy',
    variable: 'CADDY_PATH',
    arguments: (folder) => ['run', '--config', join(folder, 'configuration'), '--adapter', 'caddyfile'],
    configuration: (sites, port, folder) => `{
  admin off
  auto_https off
  log {
    level ERROR
  }
}
${sites.map(({ host, lines }) => `http://${host}:${port} {\nbind 127.0.0.1\nroot * ${folder}/site\n${lines}\nfile_server\n}`).join('\n')}`,
  },
};

export const SERVER_NAMES = Object.keys(KINDS) as ServerName[];

/**
 * Starts a web server on a free port of this machine, with some sites that serve the same files. Installs it as root on
 * Debian where it is missing.
 *
 * @param files by their paths in the sites
 * @param given the port where it is to be; a free one without it
 * @throws (rejects) when there is none and it cannot be installed, or when it does not take its configuration; the message
 * has what it said
 */
export async function startServer(
  name: ServerName,
  sites: ServedSite[],
  files: Record<string, string>,
  given?: number,
): Promise<RunningServer> {
  const kind = KINDS[name];
  const executable = executableOf(kind);
  const folder = await mkdtemp(join(tmpdir(), `cookie-gatekeeper-${name}-`));
  // Servers give up the rights of whoever starts them.
  await chmod(folder, 0o755);
  await mkdir(join(folder, 'site'));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, 'site', path)), { recursive: true });
    await writeFile(join(folder, 'site', path), text);
  }
  const port = given ?? (await freePort());
  await writeFile(join(folder, 'configuration'), kind.configuration(sites, port, folder));
  // A file: Apache cannot open a pipe by its name.
  const errors = await open(join(folder, 'errors'), 'w+');
  const server = spawn(executable, kind.arguments(folder), {
    stdio: ['ignore', 'ignore', errors.fd],
    env: { ...process.env, HOME: folder, XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder },
  });
  let running = true;
  const ended = new Promise<void>((resolve) => {
    const end = () => {
      running = false;
      resolve();
    };
    server.once('exit', end);
    server.once('error', end);
  });
  const stop = async () => {
    server.kill('SIGTERM');
    await ended;
    await errors.close();
    await rm(folder, { recursive: true, force: true });
  };
  while (running && !(await listens(port))) await new Promise((resolve) => setTimeout(resolve, 20));
  if (running) return { port, stop };
  const said = await readFile(join(folder, 'errors'), 'utf8');
  await stop();
  throw new Error(`${executable} ended before it listened:\n${said}`);
}

/** Whether anything listens on a port of this machine. */
export function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

function executableOf({ package: name, executable, variable }: Kind): string {
  const find = () => executableNamedIn(variable) ?? findExecutable([executable, `/usr/sbin/${executable}`]);
  const found = find();
  if (found) return found;
  if (!hasApt())
    throw new Error(
      `The tests need ${executable}. On Debian, as root: ${aptCommand(name)}; or name its executable in ${variable}.`,
    );
  installPackages(name);
  const installed = find();
  if (!installed) throw new Error(`There is still no ${executable} after "${aptCommand(name)}".`);
  return installed;
}
