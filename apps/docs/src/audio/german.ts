/** German for what the audio benchmark writes: titles, heads of columns and words in cells. */
export const german: Readonly<Record<string, string>> = {
  'A sweep, resampled': 'Ein Sweep, umgerechnet',
  '24 to 8 kHz, this package': '24 auf 8 kHz, dieses Paket',
  '24 to 8 kHz, linear interpolation, chunk by chunk': '24 auf 8 kHz, linear interpoliert, Stück für Stück',
  '8 to 24 kHz, this package': '8 auf 24 kHz, dieses Paket',
  '8 to 24 kHz, linear interpolation, chunk by chunk': '8 auf 24 kHz, linear interpoliert, Stück für Stück',
  'Opus and the jitter buffer': 'Opus und der Jitter-Puffer',
}
