// node send.mjs HOST WRITE_KEY: one call of each kind through Segment's own client.
import { Analytics } from '@segment/analytics-node'

const [host, writeKey] = process.argv.slice(2)
const failed = []
const analytics = new Analytics({ writeKey, host, flushAt: 5, flushInterval: 500 })
analytics.on('error', (error) => failed.push(String(error.reason ?? error.code ?? error)))

const timestamp = new Date('2026-01-01T02:00:00.000Z')
analytics.identify({ userId: 'u1', traits: { city: '上海', vip: true } })
analytics.track({ userId: 'u1', anonymousId: 'a1', event: 'order.paid', properties: { amount: 12.5, sku: '茶' }, timestamp })
analytics.page({ userId: 'u1', name: 'Home', category: 'Docs', properties: { url: '/' } })
analytics.screen({ anonymousId: 'a1', name: 'Cart' })
analytics.group({ userId: 'u1', groupId: 'g1', traits: { plan: 'pro' } })
analytics.alias({ userId: 'u1', previousId: 'old' })
for (let n = 0; n < 20; n++) analytics.track({ userId: `many-${n}`, event: 'page.opened', messageId: `node-${n}` })
analytics.track({ userId: 'u2', event: 'twice', messageId: 'same' })
analytics.track({ userId: 'u2', event: 'twice', messageId: 'same' })

await analytics.closeAndFlush({ timeout: 20000 })
console.log(JSON.stringify({ failed }))
