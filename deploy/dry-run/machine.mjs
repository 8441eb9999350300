import { join } from 'node:path';

/**
 * Stands for the network and the disks of compose: maps `name:port` inside it to free ports of this machine, and
 * volumes to folders.
 */
export class Machine {
  /**
   * @param {object} options
   * @param {string} options.image folder that stands for the image's /app
   * @param {string} options.volumes folder for the volumes
   * @param {string} options.path PATH of the processes, with the pinned Node first
   * @param {Record<string, string>} options.dotEnv what `.env` says
   * @param {Record<string, Record<string, number>>} options.ports per service: port inside it → port here
   */
  constructor({ image, volumes, path, dotEnv, ports }) {
    this.image = image;
    this.volumes = volumes;
    this.path = path;
    this.dotEnv = dotEnv;
    this.ports = ports;
  }

  /** A port or an address of the service's own, in an argument. */
  mapArgument(name, text) {
    const own = this.ports[name] ?? {};
    if (own[text] !== undefined) return String(own[text]);
    if (text === '0.0.0.0') return '127.0.0.1';
    return this.mapAddresses(text, name);
  }

  mapEnvironment(name, { environment = {}, volumes = [] }) {
    const own = this.ports[name] ?? {};
    const binds = new Map(volumes.map(({ source, target }) => [target, source]));
    const mapped = Object.entries(environment).map(([key, value]) => {
      const text = String(value);
      if (binds.has(text)) return [key, binds.get(text)];
      if (key === 'BIND') return [key, '127.0.0.1'];
      if (/_PORT(_BASE)?$/.test(key) && own[text] !== undefined) return [key, String(own[text])];
      if (text.startsWith('/var/lib/trunkline')) return [key, join(this.volumes, name)];
      return [key, this.mapAddresses(text, name)];
    });
    return Object.fromEntries(mapped);
  }

  volumeFolders(service) {
    return (service.volumes ?? []).length === 0 ? [] : [this.volumes];
  }

  /** `control-plane:8081` → `127.0.0.1:45678`; an address on loopback is the service's own, or a published port. */
  mapAddresses(text, name) {
    return text.replaceAll(/(?<=@|\/\/)([a-z][a-z0-9.-]*|127\.0\.0\.1):(\d+)/g, (address, host, port) => {
      const here =
        host === '127.0.0.1' ? (this.ports[name]?.[port] ?? this.published(port)) : this.ports[host]?.[port];
      return here === undefined ? address : `127.0.0.1:${here}`;
    });
  }

  published(port) {
    return Object.values(this.ports).find((own) => own[port] !== undefined)?.[port];
  }
}
