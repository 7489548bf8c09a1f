// Figures for Prometheus. Labels are of a few fixed values: none says who.
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client'

export interface Metrics {
  request(labels: { method: string; route: string; status: number }, seconds: number): void
  otp(outcome: 'asked' | 'over-limit' | 'delivered' | 'not-delivered'): void
  confirm(outcome: 'answer' | 'wrong' | 'closed' | 'not-registered'): void
  withdrawn(): void
  failure(work: string): void
  /** In Prometheus's text format. */
  text(): Promise<{ readonly type: string; readonly body: string }>
}

export function startMetrics(): Metrics {
  const register = new Registry()
  const registers = [register]
  collectDefaultMetrics({ register })
  const requests = new Histogram({
    name: 'kycvs_request_seconds',
    help: 'Requests, by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers,
  })
  const otps = new Counter({
    name: 'kycvs_otps_total',
    help: 'OTPs, by what became of them',
    labelNames: ['outcome'],
    registers,
  })
  const confirms = new Counter({
    name: 'kycvs_confirms_total',
    help: 'OTPs that came back, by outcome',
    labelNames: ['outcome'],
    registers,
  })
  const withdrawals = new Counter({ name: 'kycvs_withdrawals_total', help: 'Consents withdrawn', registers })
  const failures = new Counter({
    name: 'kycvs_failures_total',
    help: 'Faults, by work',
    labelNames: ['work'],
    registers,
  })
  return {
    request: (labels, seconds) => requests.observe(labels, seconds),
    otp: (outcome) => otps.inc({ outcome }),
    confirm: (outcome) => confirms.inc({ outcome }),
    withdrawn: () => withdrawals.inc(),
    failure: (work) => failures.inc({ work }),
    text: async () => ({ type: register.contentType, body: await register.metrics() }),
  }
}
