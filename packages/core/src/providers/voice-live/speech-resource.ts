/** The Azure Speech resource that lists voices and speaks samples. */
export interface SpeechResource {
  /** For example `westeurope`; the key must be of a resource in it. */
  readonly region?: string
  /** `https://<resource>.cognitiveservices.azure.com`; counts before `region`. */
  readonly endpoint?: string
}

/** Address below which `/cognitiveservices/...` of the text-to-speech service is. */
export function speechAddress(endpoint: string, { region, endpoint: own }: SpeechResource = {}): string {
  if (own === undefined && region !== undefined) return `https://${region}.tts.speech.microsoft.com`
  const resource = (own ?? endpoint).replace(/\/+$/, '').replace(/^ws/, 'http')
  // Only this host of a resource is documented for the speech service.
  return `${resource.replace(/\.services\.ai\.azure\.com$/, '.cognitiveservices.azure.com')}/tts`
}
