import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { NodeHealth, type Health } from './node-health.js';

@Controller()
export class HealthController {
  constructor(private readonly node: NodeHealth) {}

  @Get('healthz')
  async live(@Res() reply: FastifyReply): Promise<void> {
    await answer(reply, await this.node.live());
  }

  @Get('readyz')
  async ready(@Res() reply: FastifyReply): Promise<void> {
    await answer(reply, await this.node.ready());
  }
}

function answer(reply: FastifyReply, { ok, reasons }: Health): FastifyReply {
  return reply.status(ok ? 200 : 503).send({ status: ok ? 'ok' : 'unavailable', reasons });
}
