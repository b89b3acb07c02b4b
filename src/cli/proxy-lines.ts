/** The servers that a proxy can be made of. */
export const PROXY_FORMATS = ['nginx', 'apache', 'caddy'] as const;
type ProxyFormat = (typeof PROXY_FORMATS)[number];

interface Proxied {
  /** The portal's server, such as `https://portal.internal`. */
  origin: string;
  /** The folder that `build` has written, as the proxy sees it. */
  files: string;
  /** What `lockLine` says for that server. */
  lock: string;
  /** What the targets of requests match, at their beginning, that the site's own server receives: reports and receipts. */
  received?: string;
}

const FILE = 'gatekeeper(?:-sw|-on-demand|-diagnosis|-interface|-preferences)?\\.js';
const FILE_TYPE = 'text/javascript; charset=utf-8';
const TAG = '<script src="/gatekeeper.js"></script>';
/** Where Debian and its kin keep whom they trust. */
const AUTHORITIES = '/etc/ssl/certs/ca-certificates.crt';
/** Where docs/deploying.md has the gateway listen. */
const GATEWAY = '127.0.0.1:8080';

/** What is said on every server. */
const ABOUT = {
  portal: 'The portal, by its own host’s name; replace what has led to it until now. Before it, the files of "build".',
  reports: 'What has browsers report elsewhere, before anybody has answered.',
  compressed: 'No tag can be put into what is compressed.',
  identity: 'A portal without a certificate that is known is not asked. For one of your own, name that here.',
};

/**
 * The lines that put the gatekeeper in front of a portal whose server cannot be changed, on one that passes everything on to it:
 * the lock, the tag first in the head of documents, and the built files.
 */
export function proxyLines(format: ProxyFormat, proxied: Proxied): string {
  return { nginx: nginxLines, apache: apacheLines, caddy: caddyLines }[format](proxied);
}

function nginxLines({ origin, files, lock }: Proxied): string {
  const identity = `
  # ${ABOUT.identity}
  proxy_ssl_server_name on;
  proxy_ssl_verify on;
  proxy_ssl_verify_depth 4;
  proxy_ssl_trusted_certificate ${AUTHORITIES};`;
  return `${lock}

# ${ABOUT.reports}
proxy_hide_header Reporting-Endpoints;
set $gatekeeper_tag '${TAG}';
if ($gatekeeper_policy = "") {
  set $gatekeeper_tag "";
}
# The site's own address, where the portal compares it with its own.
set $gatekeeper_origin $http_origin;
if ($http_origin = "$scheme://$http_host") {
  set $gatekeeper_origin "${origin}";
}
set $gatekeeper_upgrade "";
set $gatekeeper_connection "";
if ($http_upgrade ~* "^websocket$") {
  set $gatekeeper_upgrade "websocket";
  set $gatekeeper_connection "upgrade";
}
# ${ABOUT.portal}
location ~ "^/${FILE}$" {
  root "${files}";
  types { }
  default_type "${FILE_TYPE}";
  set $gatekeeper_caching "no-cache";
}
location / {
  proxy_pass ${origin};
  proxy_redirect ${origin}/ $scheme://$http_host/;
  proxy_http_version 1.1;
  proxy_set_header Origin $gatekeeper_origin;
  proxy_set_header Upgrade $gatekeeper_upgrade;
  proxy_set_header Connection $gatekeeper_connection;
  proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
  proxy_set_header X-Forwarded-Host $http_host;
  proxy_set_header X-Forwarded-Proto $scheme;${origin.startsWith('https:') ? identity : ''}
  # ${ABOUT.compressed} So the portal is asked for what is not, and nginx compresses.
  proxy_set_header Accept-Encoding identity;
  gzip on;
  gzip_proxied any;
  gzip_vary on;
  gzip_types text/css text/javascript application/javascript application/json application/geo+json image/svg+xml;
  # nginx knows no patterns here. So the tag stands before <html>: a browser takes that into the head, and gives <html> its attributes
  # once it has run. Documents of another type have the lock only: write theirs here, or <head>, where they have none.
  sub_filter '<!doctype html>' '<!doctype html>$gatekeeper_tag';
  sub_filter_once on;
  sub_filter_last_modified on;
  # No answer is kept back, and nothing is too large.
  proxy_buffering off;
  client_max_body_size 0;
  proxy_buffer_size 32k;
  proxy_buffers 8 32k;
  proxy_read_timeout 1h;
}`;
}

/** An element's name as sed knows it, which has no letters of either case. */
function inSed(name: string): string {
  return name.replace(/[a-z]/g, (letter) => `[${letter.toUpperCase()}${letter}]`);
}

/** Neither <html> nor <head>: where a browser begins the head itself. */
const OTHER = '<[A-GI-Za-gi-z]';
const DOCTYPE = `<!${inSed('doctype')}`;
const HEAD = `<${inSed('head')}`;

/**
 * Puts the tag before <head>, or, in a document without one, before the first element; then nothing more is looked for. What has
 * no document type is a part of a document, and left alone. Labels have seven letters at most.
 */
const SED = [
  ':next',
  `/${DOCTYPE}/ h`,
  `/${HEAD}[ >]/ bhead`,
  `/${HEAD}$/ bhead`,
  ':other',
  `/${OTHER}/ bfirst`,
  'n',
  'bnext',
  ':head',
  `s#${HEAD}#${TAG}&#`,
  // One that stands after something else is in a script.
  `/${OTHER}.*${TAG.replaceAll('/', '\\/')}/ !brest`,
  `s#${TAG}##`,
  'bother',
  ':first',
  'x',
  `/${DOCTYPE}/ binsert`,
  'x',
  'brest',
  ':insert',
  'x',
  `s#${OTHER}#${TAG}&#`,
  ':rest',
  'n',
  'brest',
];

function apacheLines({ origin, files, lock, received }: Proxied): string {
  const identity = `
# ${ABOUT.identity}
SSLProxyEngine On
SSLProxyVerify require
SSLProxyVerifyDepth 4
SSLProxyCACertificateFile ${AUTHORITIES}`;
  const toPortal = received ? ` && %{THE_REQUEST} !~ m#^\\S+ ${received}#` : '';
  const documents = '%{CONTENT_TYPE} =~ m#^text/html# && %{REQUEST_STATUS} != 206';
  return `${lock}

# And with mod_alias, mod_proxy_http, mod_filter, mod_sed, mod_deflate and, for https, mod_ssl (a2enmod alias proxy_http filter sed
# deflate ssl), from Apache 2.4.47 on. These lines are none for .htaccess.
# ${ABOUT.reports}
Header always unset Reporting-Endpoints
Header unset Reporting-Endpoints
Header edit* Content-Security-Policy "report-uri[^;,]*//[^;,]*" ""
Header edit* Content-Security-Policy-Report-Only "report-uri[^;,]*//[^;,]*" ""
# The site's own address, where the portal compares it with its own.
RequestHeader set Origin "${origin}" "expr=%{HTTP:Origin} == '%{REQUEST_SCHEME}://%{HTTP_HOST}'${toPortal}"
RequestHeader set X-Forwarded-Proto "expr=%{REQUEST_SCHEME}"
# ${ABOUT.compressed} So documents are opened, and compressed again.
SetEnvIf Accept-Encoding "(^|[ ,])gzip" gatekeeper_gzip
RequestHeader set Accept-Encoding "gzip" env=gatekeeper_gzip
RequestHeader set Accept-Encoding "identity" env=!gatekeeper_gzip
SetEnvIf Request_URI "^" filter-errordocs
# A tag more makes other bytes of them than those that a strong validator names.
Header edit ETag '^"' 'W/"' "expr=%{CONTENT_TYPE} =~ m#^text/html#"
FilterDeclare gatekeeper_open
FilterProvider gatekeeper_open INFLATE "${documents}"
FilterDeclare gatekeeper_tag
FilterProvider gatekeeper_tag Sed "${documents} && -z reqenv('gatekeeper_other')"
FilterDeclare gatekeeper_close
FilterProvider gatekeeper_close DEFLATE "${documents}"
FilterChain gatekeeper_open gatekeeper_tag gatekeeper_close
AddDefaultCharset Off
<Location "/">
${SED.map((line) => `  OutputSed "${line.replaceAll('"', '\\"')}"`).join('\n')}
</Location>
# ${ABOUT.portal}
AliasMatch "^/(${FILE})$" "${files}/$1"
<LocationMatch "^/${FILE}$">
  Require all granted
  ForceType "${FILE_TYPE}"
  Header always set Cache-Control "no-cache"
</LocationMatch>${origin.startsWith('https:') ? identity : ''}
AllowEncodedSlashes NoDecode
ProxyPassMatch "^/${FILE}$" "!"
ProxyPass "/" "${origin}/" nocanon upgrade=websocket responsefieldsize=65536 timeout=3600
ProxyPassReverse "/" "${origin}/"`;
}

/** Not even the lock: the gateway sends it, with everything else. */
function caddyLines({ origin }: Proxied): string {
  return `# Into the site's block, which needs nothing else. Caddy as it is delivered puts nothing into documents: the gateway does, and
# sends the locks and the files (docs/deploying.md, "The gateway"). Start it on this machine, for ${origin}.
@gatekeeper_websocket {
	header Connection *Upgrade*
	header Upgrade websocket
}
# WebSockets go to the portal at once, from the site's own address as from its own.
@gatekeeper_own \`{http.request.header.Origin} == {http.request.scheme} + "://" + {http.request.hostport}\`
handle @gatekeeper_websocket {
	request_header @gatekeeper_own Origin ${origin}
	reverse_proxy ${origin} {
		header_up Host {upstream_hostport}
	}
}
handle {
	encode {
		gzip
		minimum_length 1
		match {
			status 200 404 500
			header Content-Type text/html*
			header Content-Type text/css*
			header Content-Type *javascript*
			header Content-Type *json*
		}
	}
	reverse_proxy ${GATEWAY}
}`;
}
