import { documentationFile } from '../../../documentation.ts'

/** Hands out the exported documentation beside the page, so that its links work without a network. */
export async function GET(
  _request: Request,
  { params }: { readonly params: Promise<{ readonly path?: readonly string[] }> },
): Promise<Response> {
  const { path = [] } = await params
  const file = await documentationFile(path)
  if (file) return new Response(file.bytes, { headers: { 'content-type': file.type } })
  const message = 'No such page. After a first start the documentation is built within a minute: try again.'
  return new Response(`${message}\n`, {
    status: 404,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
  })
}
