import { scenarioSound } from '../../../../shipped-scenarios.ts'

/** The sound files of the scenarios that ship, by their paths. */
export async function GET(
  _request: Request,
  { params }: { readonly params: Promise<{ readonly path: readonly string[] }> },
): Promise<Response> {
  const sound = await scenarioSound((await params).path)
  if (sound) return new Response(sound, { headers: { 'content-type': 'audio/wav' } })
  return Response.json({ error: { message: 'There is no such sound.' } }, { status: 404 })
}
