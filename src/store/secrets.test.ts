import { createCipheriv, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Sealer } from './secrets.ts';

const OLD = randomBytes(32);
const NEW = randomBytes(32);
const PLACE = 'endpoint:["9900000001","1",""]';

/** As earlier releases have sealed: without the key's id. */
function sealedBefore(key: Buffer, plain: string, place: string): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(place));
  const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.from([1]), nonce, cipher.getAuthTag(), sealed]);
}

describe('a sealed secret', () => {
  const sealer = new Sealer(OLD);
  const sealed = sealer.seal('contrasenya inventada', PLACE);

  it('opens where it belongs, and is another one each time', () => {
    expect(sealer.open(sealed, PLACE)).toBe('contrasenya inventada');
    expect(sealer.seal('contrasenya inventada', PLACE)).not.toEqual(sealed);
    expect(sealed.toString('latin1')).not.toContain('inventada');
  });

  it('opens nowhere else, and with no other key', () => {
    expect(() => sealer.open(sealed, 'endpoint:["9900000002","1",""]')).toThrow();
    expect(() => new Sealer(NEW).open(sealed, PLACE)).toThrow('does not open');
  });

  it('does not open where a byte was changed, whichever it is', () => {
    for (let at = 0; at < sealed.length; at += 1) {
      const damaged = Buffer.from(sealed);
      damaged.writeUInt8(damaged.readUInt8(at) ^ 1, at);
      expect(() => sealer.open(damaged, PLACE)).toThrow();
    }
  });

  it('does not open where it was cut', () => {
    for (let length = 0; length < sealed.length; length += 1) {
      expect(() => sealer.open(sealed.subarray(0, length), PLACE)).toThrow();
    }
  });
});

describe('a sealer of two keys', () => {
  const both = new Sealer(NEW, OLD);

  it('opens what either has sealed, and seals with the first', () => {
    expect(both.open(new Sealer(OLD).seal('a', PLACE), PLACE)).toBe('a');
    expect(both.open(new Sealer(NEW).seal('b', PLACE), PLACE)).toBe('b');
    expect(new Sealer(NEW).open(both.seal('c', PLACE), PLACE)).toBe('c');
  });

  it('opens what earlier releases have sealed with either', () => {
    for (const key of [OLD, NEW]) expect(both.open(sealedBefore(key, 'a', PLACE), PLACE)).toBe('a');
    expect(() => both.open(sealedBefore(randomBytes(32), 'a', PLACE), PLACE)).toThrow();
    expect(() => both.open(sealedBefore(OLD, 'a', 'endpoint:elsewhere'), PLACE)).toThrow();
  });

  it('seals with the other one where that is asked for, and with no third', () => {
    const other = both.sealingWith(new Sealer(OLD).fingerprint);
    expect(new Sealer(OLD).open(other.seal('a', PLACE), PLACE)).toBe('a');
    expect(other.open(both.seal('b', PLACE), PLACE)).toBe('b');
    expect(() => both.sealingWith(new Sealer(randomBytes(32)).fingerprint)).toThrow('another SECRETS_KEY');
  });

  it('tells by the first bytes which key it was, and nothing of the key', () => {
    const { mark } = both;
    expect(both.seal('a', PLACE).subarray(0, mark.length)).toEqual(mark);
    expect(new Sealer(OLD).seal('a', PLACE).subarray(0, mark.length)).not.toEqual(mark);
    expect(NEW.includes(mark.subarray(1))).toBe(false);
  });
});
