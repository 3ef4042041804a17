import { scenarioSound, shippedScenarios } from '../../../../shipped-scenarios.ts'

/** The scenarios that ship: all of them as text, or a sound file of theirs by its path. */
export async function GET(
  _request: Request,
  { params }: { readonly params: Promise<{ readonly path?: readonly string[] }> },
): Promise<Response> {
  const { path = [] } = await params
  if (path.length === 0) return Response.json({ scenarios: await shippedScenarios() })
  const sound = await scenarioSound(path)
  if (sound) return new Response(sound, { headers: { 'content-type': 'audio/wav' } })
  return Response.json({ error: { message: 'There is no such sound.' } }, { status: 404 })
}
