// The headers of the gate, written down for servers of static files, out of the same table that `kycvs serve` goes by.
import { cacheControl, CONTENT_TYPES, pageHeaders } from './headers.ts'

export const servers = ['nginx', 'caddy', '_headers'] as const
/** `_headers` is the file that Netlify and Cloudflare Pages read. */
export type Server = (typeof servers)[number]

const FOREVER = cacheControl('/assets/')
const ASK_FIRST = cacheControl('/')

/**
 * The configuration of one server.
 * @param connect origins that the gate may fetch from besides its own: those of the trust list and of the status lists
 */
export function recipe(server: Server, connect: readonly string[]): string {
  return recipes[server](Object.entries(pageHeaders(connect)))
}

/** What is worth it, named as servers name it: some still say application/javascript. */
const COMPRESSED = [
  'text/css',
  'text/javascript',
  'application/javascript',
  'application/json',
  'application/wasm',
  'application/manifest+json',
  'image/svg+xml',
]

type Headers = readonly (readonly [name: string, value: string])[]

// No value has a double quote, a backslash, a dollar sign or a brace in it, so it can stand between quotes anywhere.
const recipes = {
  nginx: (headers) => `# In the http block.
map "$status:$uri" $gate_cache {
    ~^[45]     "no-store";
    ~/assets/  "${FOREVER}";
    default    "${ASK_FIRST}";
}

# In the server block. text/html is compressed anyhow.
gzip on;
gzip_vary on;
gzip_types ${COMPRESSED.join(' ')};
# A location with an add_header of its own loses all of these.
root /srv/gate;
${headers.map(([name, value]) => `add_header ${name} "${value}" always;`).join('\n')}
add_header Cache-Control $gate_cache always;
${Object.entries(CONTENT_TYPES)
  .map(([ending, type]) => `location ~ \\${ending}$ { types { } default_type ${type}; }`)
  .join('\n')}
`,
  caddy: (headers) => `gate.example {
	root * /srv/gate
	encode gzip {
		match {
${['text/html', ...COMPRESSED].map((type) => `\t\t\theader Content-Type ${type}*`).join('\n')}
		}
	}
	header {
${headers.map(([name, value]) => `\t\t${name} "${value}"`).join('\n')}
	}
	@assets path */assets/*
	header @assets Cache-Control "${FOREVER}"
	@rest not path */assets/*
	header @rest Cache-Control "${ASK_FIRST}"
${Object.entries(CONTENT_TYPES)
  .map(([ending, type]) => `\t@${ending.slice(1)} path *${ending}\n\theader @${ending.slice(1)} Content-Type ${type}`)
  .join('\n')}
	file_server
	handle_errors {
		header Cache-Control no-store
		header Content-Type "text/plain; charset=utf-8"
		respond "{err.status_text}" {err.status_code}
	}
}
`,
  // These hosts know .wasm, ask for everything first unless told otherwise, and join what two rules say of one header.
  _headers: (headers) => `/*
${headers.map(([name, value]) => `  ${name}: ${value}`).join('\n')}
/assets/*
  Cache-Control: ${FOREVER}
/manifest.webmanifest
  Content-Type: ${CONTENT_TYPES['.webmanifest'] ?? ''}
/trust.jwt
  Content-Type: ${CONTENT_TYPES['.jwt'] ?? ''}
`,
} as const satisfies Record<Server, (headers: Headers) => string>
