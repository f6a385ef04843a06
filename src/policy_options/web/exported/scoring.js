"use strict";
/* The additive model of policy-options in the browser, and nothing else of it: values of performances, ranks, the verdict, how far a
   weight can move, and packages. Python stays the engine; a test holds every number here to what Python computes, to 1e-9.

   Arrays run along options (rows) and criteria (columns). `problem.values` has values at likely scores, 0 where a score is unknown,
   and `problem.unknown` 1 there. */
const scoring = (() => {
  const TIE = 1e-9;
  const SAME = 1e-12;
  const OFF = 1e-9;

  const range = (count) => Array.from({ length: count }, (_, index) => index);
  const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
  const dot = (row, shares) => {
    let total = 0;
    for (let k = 0; k < shares.length; k += 1) total += row[k] * shares[k];
    return total;
  };

  /** Ranks and the order for overall values: equal within a tie of the best of their run, "1, 2, 2, 4". */
  function competition(overall) {
    const rows = range(overall.length).sort((a, b) => overall[b] - overall[a] || a - b);
    const ranks = new Array(rows.length);
    const order = [];
    for (let start = 0; start < rows.length; ) {
      let end = start + 1;
      while (end < rows.length && overall[rows[start]] - overall[rows[end]] <= TIE) end += 1;
      const run = rows.slice(start, end).sort((a, b) => a - b);
      for (const row of run) ranks[row] = start + 1;
      order.push(...run);
      start = end;
    }
    return { ranks, order };
  }

  /** The ranking, with the ranges of values and ranks that unknown scores leave. */
  function rank(problem, shares) {
    const lower = problem.values.map((row) => dot(row, shares));
    const upper = problem.unknown.map((row, index) => lower[index] + 100 * dot(row, shares));
    const { ranks, order } = competition(lower);
    let best = ranks;
    let worst = ranks;
    if (problem.unknown.some((row) => row.includes(1))) {
      best = ranks.map((place, row) => Math.min(place, 1 + lower.filter((other) => other > upper[row] + TIE).length));
      worst = ranks.map((place, row) => {
        const itself = upper[row] > lower[row] + TIE ? 1 : 0;
        return Math.max(place, 1 + upper.filter((other) => other > lower[row] + TIE).length - itself);
      });
    }
    return { lower, upper, ranks, best, worst, order };
  }

  /** The option to put first and the kind of its lead, by the rule of the verdict. */
  function verdict(problem, ranking) {
    const { lower, upper, ranks, order } = ranking;
    const fails = (row) => problem.failing.includes(row);
    const keeping = order.filter((row) => !fails(row));
    const options = keeping.length ? keeping : order;
    const level = [];
    for (const row of options) {
      if (ranks[row] !== ranks[options[0]]) break;
      level.push(row);
    }
    const dominated = (row) => problem.dominates.some(([winner, loser]) => loser === row && level.includes(winner));
    const first = level.find((row) => !dominated(row)) ?? level[0];
    const others = options.filter((row) => row !== first);
    const overtaking = options.filter((row) => !level.includes(row) && upper[row] > lower[level[0]] + TIE);
    const tied = level.filter((row) => row !== first && !dominated(row));
    const next = others.length ? others[0] : null;
    const known = (row) => lower[row] === upper[row];
    const lead = next !== null && known(first) && known(next) ? lower[first] - lower[next] : null;
    const beaten = problem.surely.filter(([winner]) => winner === first).map(([, loser]) => loser);
    const sure = lead !== null && lead > TIE && others.every((row) => beaten.includes(row));
    let kind = "clear";
    if (fails(first)) kind = "none-keeps";
    else if (next === null) kind = "alone";
    else if (overtaking.length) kind = "open";
    else if (tied.length) kind = "tied";
    else if (lead !== null && lead <= problem.threshold + TIE && !sure) kind = "close";
    return {
      first,
      kind,
      next,
      lead,
      rivals: overtaking.length ? overtaking : tied,
      excluded: kind === "none-keeps" ? [] : order.filter((row) => fails(row) && lower[row] >= lower[first] - TIE),
      mightFail: problem.crossings.some(([row, , fully]) => row === first && !fully),
      narrow: kind === "clear" && !sure && lead !== null && lead <= 2 * problem.threshold + TIE,
      sure,
    };
  }

  /** How all weights move with that of one node: at its weight t they are stay + t own + (most - t) rest.

      `memory` has earlier weights, for the proportions of what weighs nothing now: `inner` within the node, `rest` among the others.
      Without it such a movement is undefined. */
  function movement(problem, shares, node, locked, memory) {
    const fixed = new Set(locked.flatMap((id) => problem.nodes.find((other) => other.id === id).columns));
    const inside = new Set(node.columns);
    const columns = range(shares.length);
    const others = columns.filter((k) => !inside.has(k) && !fixed.has(k));
    const share = sum(node.columns.map((k) => shares[k]));
    const left = sum(others.map((k) => shares[k]));
    const moving = { id: node.id, columns: node.columns, others, share, most: share + left, undefined: null };
    const proportions = (of, earlier) => {
      for (const weights of earlier ? [shares, earlier] : [shares]) {
        const total = sum(of.map((k) => weights[k]));
        if (total > 0) return columns.map((k) => (of.includes(k) ? weights[k] / total : 0));
      }
      return null;
    };
    const alone = node.columns.length === 1;
    moving.own = alone ? columns.map((k) => (inside.has(k) ? 1 : 0)) : proportions(node.columns, memory?.inner);
    moving.rest = proportions(others, memory?.rest);
    if (node.columns.some((k) => fixed.has(k))) moving.undefined = "locked";
    else if (moving.rest === null) moving.undefined = "the-rest-is-zero";
    else if (moving.own === null) moving.undefined = "no-proportions";
    moving.stay = columns.map((k) => (inside.has(k) || others.includes(k) ? 0 : shares[k]));
    return moving;
  }

  /** All weights with that of a node at `share`. */
  function moved(moving, share) {
    const at = Math.min(Math.max(share, 0), moving.most);
    return moving.stay.map((held, k) => held + at * moving.own[k] + (moving.most - at) * moving.rest[k]);
  }

  /** The interval in which pairs keep their order, as a weight moves: its ends, and the pairs that change places there. */
  function interval(pairs, overall, slope, moving, breakTies) {
    let low = 0;
    let high = moving.most;
    const ends = pairs.map(([better, worse]) => {
      const gap = overall[better] - overall[worse];
      const change = slope[better] - slope[worse];
      if (breakTies && Math.abs(gap) <= TIE && Math.abs(change) > TIE) return [moving.share, moving.share];
      const meeting = moving.share - Math.max(gap, 0) / change;
      return [change > TIE ? meeting : -Infinity, change < -TIE ? meeting : Infinity];
    });
    const lowest = Math.max(...ends.map(([end]) => end));
    const highest = Math.min(...ends.map(([, end]) => end));
    const atLow = lowest > SAME ? pairs.filter((_, index) => ends[index][0] >= lowest - SAME) : [];
    const atHigh = highest < moving.most - SAME ? pairs.filter((_, index) => ends[index][1] <= highest + SAME) : [];
    if (atLow.length) low = lowest;
    if (atHigh.length) high = highest;
    return { low, high, atLow: atLow.map(([, worse]) => worse), atHigh: atHigh.map(([, worse]) => worse) };
  }

  /** The first figure in per cent beyond a threshold that can be typed and has the effect, of as few places as possible. */
  function firstBeyond(at, rising, switches, most) {
    const digits = BigInt(at.toFixed(10).replace(".", ""));
    for (let places = 1; places <= 9; places += 1) {
      const unit = 10n ** BigInt(10 - places);
      const below = digits / unit;
      const figure = rising && digits % unit ? below + 1n : below;
      for (const candidate of [figure, rising ? figure + 1n : figure - 1n]) {
        if (candidate < 0n) continue;
        const text = candidate.toString().padStart(places + 1, "0");
        const number = Number(`${text.slice(0, -places)}.${text.slice(-places)}`);
        if (number <= most && switches(number)) return number;
      }
    }
    const end = rising ? most : 0;
    return switches(end) ? end : null;
  }

  /** The ends of an interval in per cent, rounded inward, so that nothing changes at the figures as they are typed. */
  function inward(interval, share) {
    const now = 100 * share;
    if (interval.high - interval.low <= SAME) return [now, now];
    for (let places = 1; places <= 9; places += 1) {
      const unit = 10 ** places;
      const [low, high] = [interval.low, interval.high].map((end) => Number((100 * end).toFixed(10)) * unit);
      const least = interval.atLow.length ? Math.ceil(low - 1e-6) / unit : 100 * interval.low;
      const most = interval.atHigh.length ? Math.floor(high + 1e-6) / unit : 100 * interval.high;
      if (least <= now && now <= most) return [least, most];
    }
    return [100 * interval.low, 100 * interval.high];
  }

  /** For every node: its movement, the intervals in which the leader and the order stay, and the figures beyond.

      Options that fail a red line are left out where others fail none. Unknown scores are taken at the ends least favourable to the
      leader, except of options that might lead. */
  function stability(problem, shares, ranking, leader, locked, memory) {
    const kept = range(problem.values.length).filter((row) => !problem.failing.includes(row));
    const rows = kept.length ? kept : range(problem.values.length);
    const moves = problem.nodes.map((node) => movement(problem, shares, node, locked, memory));
    if (rows.length < 2) return moves.map((moving) => ({ ...moving, leader: null, order: null, below: null, above: null }));
    const open = (row) => row !== leader && problem.unknown[row].includes(1);
    const contends = (row) => open(row) && ranking.upper[row] > ranking.lower[leader] + TIE;
    const cautious = problem.values.map((row, index) =>
      open(index) && !contends(index) ? row.map((value, k) => (problem.unknown[index][k] ? 100 : value)) : row,
    );
    const overall = cautious.map((row) => dot(row, shares));
    const order = ranking.order.filter((row) => rows.includes(row));
    const pairs = order.slice(1).map((row, index) => [order[index], row]);
    const rivals = order.filter((row) => row !== leader).map((row) => [leader, row]);
    return moves.map((moving) => {
      if (moving.undefined) return { ...moving, leader: null, order: null, below: null, above: null };
      const step = moving.own.map((own, k) => own - moving.rest[k]);
      const lead = interval(rivals, overall, cautious.map((row) => dot(row, step)), moving, false);
      const listed = interval(pairs, ranking.lower, problem.values.map((row) => dot(row, step)), moving, true);
      const at = (percent) => cautious.map((row) => dot(row, moved(moving, percent / 100)));
      const most = (values) => Math.max(...rows.map((row) => values[row]));
      const switches = (percent) => {
        const values = at(percent);
        return most(values) > values[leader] + TIE;
      };
      const beyond = (end, rising) => {
        const percent = firstBeyond(100 * end, rising, switches, 100 * moving.most);
        if (percent === null) return null;
        const values = at(percent);
        return { percent, taking: rows.filter((row) => values[row] >= most(values) - TIE) };
      };
      return {
        ...moving,
        leader: lead,
        order: listed,
        below: lead.atLow.length ? beyond(lead.low, false) : null,
        above: lead.atHigh.length ? beyond(lead.high, true) : null,
      };
    });
  }

  /** Everything that the page shows of one weight vector, but for packages. */
  function analyse(problem, shares, locked = [], memory = null) {
    const ranking = rank(problem, shares);
    const found = verdict(problem, ranking);
    return { ...ranking, verdict: found, nodes: stability(problem, shares, ranking, found.first, locked, memory) };
  }

  /** The value of a performance, which may be beyond the scale. */
  function valueOf(scale, performance) {
    const { kind, low, high, rising } = scale;
    const x = scale.beyond === "hold" ? Math.min(Math.max(performance, low), high) : performance;
    if (kind === "levels") return scale.values[x];
    if (kind === "piecewise") {
      const { at, values } = scale;
      let right = at.findIndex((corner) => corner >= x);
      right = right === -1 ? at.length - 1 : Math.max(right, 1);
      const slope = (values[right] - values[right - 1]) / (at[right] - at[right - 1]);
      return values[right - 1] + slope * (x - at[right - 1]);
    }
    const progress = (rising ? x - low : high - x) / (high - low);
    if (kind === "exponential" && scale.curvature !== 0) {
      return (100 * Math.expm1(-scale.curvature * progress)) / Math.expm1(-scale.curvature);
    }
    return 100 * progress;
  }

  /** (2^m) the performance of every package of m members on one criterion, by its rule; NaN where unknown or not judged. */
  function performances(packs, column) {
    const { rule, base, parts, touching, limit, judged, effects } = packs.columns[column];
    const members = packs.members.length;
    const size = 2 ** members;
    const found = new Float64Array(size).fill(NaN);
    const unknown = (number) => (number === null ? NaN : number);
    if (rule === "judged") {
      found[0] = unknown(base);
      parts.forEach((part, member) => { found[2 ** member] = unknown(part); });
      for (const [pack, likely] of judged) found[pack] = unknown(likely);
      return found;
    }
    const nothing = { highest: -Infinity, lowest: Infinity }[rule];
    found[0] = nothing ?? (rule === "independent" ? unknown(base) - limit : unknown(base));
    for (let member = 0; member < members; member += 1) {
      const half = 2 ** member;
      const part = unknown(parts[member]);
      for (let pack = 0; pack < half; pack += 1) {
        const before = found[pack];
        let after = before + (part - unknown(base));
        if (rule === "independent") after = before * ((part - limit) / (unknown(base) - limit));
        else if (nothing !== undefined) {
          after = touching[member] ? (rule === "highest" ? Math.max(before, part) : Math.min(before, part)) : before;
        }
        found[half + pack] = after;
      }
    }
    for (let pack = 0; pack < size; pack += 1) {
      if (rule === "independent") found[pack] += limit;
      else if (nothing !== undefined && found[pack] === nothing) found[pack] = unknown(base);
      for (const [mask, extra] of effects) if ((pack & mask) === mask) found[pack] += extra;
    }
    return found;
  }

  /** Every package at once: values by criterion, what it uses, and whether rules and red lines let it be chosen. */
  function tabulate(packs) {
    const members = packs.members.length;
    const size = 2 ** members;
    const count = packs.columns.length;
    const table = {
      size,
      values: new Float64Array(size * count),
      unknown: new Uint8Array(size * count),
      held: new Uint8Array(size * count),
      allowed: new Uint8Array(size).fill(1),
      off: new Uint8Array(size),
      failing: new Uint8Array(size),
      used: packs.resources.map(() => new Float64Array(size)),
    };
    const named = packs.named === null ? null : new Set(packs.named);
    packs.columns.forEach((scale, column) => {
      const found = performances(packs, column);
      const slack = OFF * (scale.high - scale.low);
      const sign = scale.rising ? 1 : -1;
      for (let pack = 0; pack < size; pack += 1) {
        const performance = found[pack];
        const at = pack * count + column;
        if (Number.isNaN(performance)) {
          table.unknown[at] = 1;
          continue;
        }
        const off = performance < scale.low - slack || performance > scale.high + slack;
        if (off && scale.kind !== "levels" && scale.rule !== "judged") {
          if (scale.beyond === null) table.off[pack] = 1;
          else if (scale.beyond === "hold") table.held[at] = 1;
        }
        if (scale.redLine !== null && sign * performance < sign * scale.redLine - slack) table.failing[pack] = 1;
        table.values[at] = valueOf(scale, performance);
      }
    });
    for (let pack = 0; pack < size; pack += 1) {
      const has = (member) => Math.floor(pack / 2 ** member) % 2;
      for (const [signs, low, high] of packs.rules) {
        const total = sum(signs.map(([member, sign]) => sign * has(member)));
        if (total < low || total > high) table.allowed[pack] = 0;
      }
      if (named !== null && !named.has(pack)) table.allowed[pack] = 0;
      packs.resources.forEach((resource, index) => {
        table.used[index][pack] = sum(resource.uses.filter((_, member) => has(member)));
      });
    }
    return table;
  }

  /** The packages that may be chosen, best first; of equal value those of fewer members first.

      `capacities` run along the resources; `inside` and `outside` are masks. */
  function choose(packs, table, shares, capacities, inside = 0, outside = 0) {
    const count = packs.columns.length;
    const admitted = [];
    const counts = { all: table.size, allowed: 0, failing: 0, off: 0 };
    const within = (pack) =>
      packs.resources.every((resource, index) => {
        const most = capacities[index] * resource.unit;
        return table.used[index][pack] <= most + 1e-9 * Math.max(1, most);
      });
    for (let pack = 0; pack < table.size; pack += 1) {
      if (!table.allowed[pack] || (pack & inside) !== inside || (pack & outside) !== 0) continue;
      if (table.failing[pack]) counts.failing += 1;
      else {
        counts.allowed += 1;
        if (table.off[pack]) counts.off += within(pack) ? 1 : 0;
        else if (within(pack)) admitted.push(pack);
      }
    }
    const value = (pack) => dot(table.values.subarray(pack * count, (pack + 1) * count), shares);
    const open = (pack) => 100 * dot(table.unknown.subarray(pack * count, (pack + 1) * count), shares);
    const values = admitted.map(value);
    const { ranks, order } = competition(values);
    const size = (pack) => sum(range(packs.members.length).map((member) => Math.floor(pack / 2 ** member) % 2));
    const sorted = order.sort(
      (a, b) => ranks[a] - ranks[b] || size(admitted[a]) - size(admitted[b]) || admitted[a] - admitted[b],
    );
    const rows = sorted.map((index) => {
      const pack = admitted[index];
      return { package: pack, value: values[index], open: open(pack), rank: ranks[index] };
    });
    return { rows, counts: { ...counts, admitted: admitted.length }, baseline: value(0) };
  }

  return { TIE, analyse, choose, inward, moved, movement, performances, rank, sum, tabulate, valueOf };
})();
