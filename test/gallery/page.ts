// The page of `npm run gallery`: what the design is made of, and every screen in every mode.
import { readFileSync } from 'node:fs'

const sheets = ['src/browser/tokens.css', 'src/gate/ui/verdict.css']

/** @param files of the screens, without the mode that goes before and the `.png` after */
export function galleryPage(modes: readonly string[], files: readonly string[]): string {
  const pictures = files.map(
    (file) =>
      `<section><h2>${file.replaceAll('-', ' ')}</h2>${modes.map((mode) => picture(mode, file)).join('')}</section>`,
  )
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>KYC-VS Gate: gallery</title>
<style>
body { margin: 24px; font: 16px/1.4 system-ui, sans-serif; }
section { display: flex; flex-wrap: wrap; gap: 16px; align-items: start; }
h2 { flex: 1 0 100%; margin: 24px 0 0; }
figure { margin: 0; }
img { height: 480px; border: 1px solid #999; }
i { display: inline-block; width: 4em; height: 1.4em; border: 1px solid #999; vertical-align: middle; }
td, th { padding: 4px 16px 4px 0; text-align: start; }
</style>
<h1>KYC-VS Gate: gallery</h1>
${sheets.map(tokensOf).join('\n')}
${pictures.join('\n')}
</html>
`
}

const picture = (mode: string, file: string): string =>
  `<figure><img src="${mode}-${file}.png" alt="${file}, ${mode}" loading="lazy"><figcaption>${mode}</figcaption></figure>`

/** Every custom property of a sheet, under the rule that it stands in, with its colour where it is one. */
function tokensOf(path: string): string {
  const rules = readFileSync(path, 'utf8').matchAll(/^\s*(:root|\[data-tone='\w+'\]) \{([^}]*)\}/gm)
  const rows = [...rules].flatMap(([, rule = '', body = '']) =>
    [...body.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(
      ([, name = '', value = '']) =>
        `<tr><td>${rule}</td><td>--${name}</td><td>${value}</td><td>${value.startsWith('#') ? `<i style="background: ${value}"></i>` : ''}</td></tr>`,
    ),
  )
  return `<h2>${path}</h2><table>${rows.join('\n')}</table>`
}
