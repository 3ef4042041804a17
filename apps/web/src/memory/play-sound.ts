let playing: HTMLAudioElement | undefined

/** Plays a file; one that plays already is stopped. Rejects where the browser cannot play it. */
export async function playSound(file: Blob): Promise<void> {
  playing?.pause()
  const url = URL.createObjectURL(file)
  const audio = new Audio(url)
  playing = audio
  const release = (): void => URL.revokeObjectURL(url)
  audio.addEventListener('ended', release, { once: true })
  audio.addEventListener('pause', release, { once: true })
  await audio.play()
}
