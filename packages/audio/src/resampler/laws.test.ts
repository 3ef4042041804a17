import { createResampler } from '../resampler.ts'
import { describeLaws, noise, processorLaws } from '../testing/index.ts'

const rates = [8000, 11_025, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000]

for (const from of rates) {
  for (const to of rates) {
    describeLaws(`resampler ${from} > ${to}`, processorLaws(noise({ seed: 7, length: 800 })), () =>
      createResampler({ from, to }),
    )
  }
}
