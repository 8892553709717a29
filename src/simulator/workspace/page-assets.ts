import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

export interface PageAsset {
  readonly contentType: string;
  readonly body: string;
}

export interface PageAssets {
  /**
   * The asset for a request's pathname, null for any other path. `/` and every message link
   * (`/archives/C…/p…`) answer the page itself.
   */
  readonly find: (pathname: string) => PageAsset | null;
}

/**
 * For the response headers of the page. Inline styles are allowed because the block library sets
 * them; nothing is loaded from, or sent to, another origin.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const pageFolder = new URL('./page/', import.meta.url);

/** In this order: later rules may refine earlier ones. */
const ownStyles = [
  'sidebar.css',
  'frame.css',
  'messages.css',
  'elements.css',
  'blocks.css',
  'block-content.css',
  'overlays.css',
];

const indexHtml = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy}">
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/app.css">
<title>Local workspace</title>
</head>
<body>
<div id="root"></div>
<script type="module" src="/app.js"></script>
</body>
</html>
`;

/** Bundles the page in memory, about a second. Rejects when the page does not compile. */
export async function createPageAssets(): Promise<PageAssets> {
  const [script, style] = await Promise.all([bundleScript(), readStyles()]);
  const index: PageAsset = { contentType: 'text/html; charset=utf-8', body: indexHtml };
  const assets = new Map<string, PageAsset>([
    ['/', index],
    ['/app.js', { contentType: 'text/javascript; charset=utf-8', body: script }],
    ['/app.css', { contentType: 'text/css; charset=utf-8', body: style }],
  ]);
  return {
    find: (pathname) =>
      assets.get(pathname) ?? (/^\/archives\/\w+(\/p\d+)?$/.test(pathname) ? index : null),
  };
}

async function bundleScript(): Promise<string> {
  const bundle = await rolldown({
    input: fileURLToPath(new URL('main.tsx', pageFolder)),
    platform: 'browser',
    transform: {
      define: { 'process.env.NODE_ENV': '"production"' },
      jsx: { runtime: 'automatic' },
    },
    logLevel: 'silent',
  });
  try {
    const { output } = await bundle.generate({ format: 'esm', minify: true, codeSplitting: false });
    return output[0].code;
  } finally {
    await bundle.close();
  }
}

async function readStyles(): Promise<string> {
  const library = createRequire(import.meta.url).resolve('slack-blocks-to-jsx/dist/style.css');
  const own = ownStyles.map((name) => fileURLToPath(new URL(name, pageFolder)));
  const sheets = await Promise.all([library, ...own].map((path) => readFile(path, 'utf8')));
  return sheets.join('\n');
}
