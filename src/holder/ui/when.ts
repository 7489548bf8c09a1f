// Times in the language and the zone of the device.
import { timesIn } from '../../browser/format.ts'

export const { onClock } = timesIn()
