import { documentationFile } from '../../../documentation.ts'

/** Hands out the exported documentation beside the page, so that its links work without a network. */
export async function GET(
  _request: Request,
  { params }: { readonly params: Promise<{ readonly path?: readonly string[] }> },
): Promise<Response> {
  const { path = [] } = await params
  const file = await documentationFile(path)
  if (file) return new Response(file.bytes, { headers: { 'content-type': file.type } })
  return (await documentationFile([])) ? missing() : notBuiltYet()
}

function missing(): Response {
  return new Response('There is no such page in the documentation.\n', {
    status: 404,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
  })
}

/** After a first start the export is made while the page is in use already. */
function notBuiltYet(): Response {
  const page = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>Parley</title>
<meta http-equiv="refresh" content="${retrySeconds}"></head>
<body><main><h1>The documentation is being built</h1>
<p>It takes about a minute after the first start. This page opens it as soon as it is there.</p></main></body></html>
`
  return new Response(page, {
    status: 503,
    headers: { 'content-type': 'text/html; charset=utf-8', 'retry-after': String(retrySeconds) },
  })
}

const retrySeconds = 5
