// node_modules/preact/dist/preact.mjs
var n;
var t;
var r;
var u;
var i;
var f;
var o;
var e;
var l;
var c;
var a;
var s;
var h = /* @__PURE__ */ Symbol.for("pv");
var p = {};
var y = [];
var v = /^m(i|n|o|s|text|space)$/;
var w = Array.isArray;
var d = y.slice;
var _ = Object.assign;
function g(n2) {
  n2 && n2.parentNode && n2.remove();
}
function m(r3, u3, i3, f4, o4) {
  var e3 = { type: r3, props: u3, key: i3, ref: f4, __k: null, __: null, __b: 0, __e: null, __c: null, constructor: h, __v: o4 || ++t, __i: -1, __u: 0 };
  return !o4 && n.vnode && n.vnode(e3), e3;
}
function $(n2) {
  return n2.children;
}
function x(n2, t3) {
  this.props = n2, this.context = t3, this.__g = 0;
}
function S(n2, t3) {
  if (null == t3) return n2.__ && S(n2.__, n2.__i + 1);
  for (var r3; t3 < n2.__k.length; t3++) if ((r3 = n2.__k[t3]) && r3.__e) return r3.__e;
  return "function" != typeof n2.type || n2.props.__P ? null : S(n2);
}
function C(t3) {
  var r3, u3 = t3.__v, i3 = u3.__e, f4 = [], o4 = [], e3 = t3.__P;
  e3 && ((r3 = _({ constructor: h }, u3)).__v = u3.__v + 1, n.vnode && n.vnode(r3), z(e3, r3, u3, t3.__n, e3.namespaceURI, 32 & u3.__u ? [i3] : null, f4, i3 || S(u3), 32 & u3.__u, o4), r3.__v = u3.__v, r3.__.__k[r3.__i] = r3, E(f4, r3, o4), u3.__ = u3.__e = null, r3.__e != i3 && j(r3));
}
function j(n2) {
  if ((n2 = n2.__) && n2.__c && !n2.props.__P) return n2.__e = null, n2.__k.some(function(t3) {
    return t3 && (n2.__e = t3.__e);
  }), j(n2);
}
function L(t3) {
  (8 & t3.__g || (t3.__g |= 8, u.push(t3), f++)) && i == n.debounceRendering || ((i = n.debounceRendering) || queueMicrotask)(H);
}
function H() {
  try {
    for (var n2, t3 = 1; u.length; ) u.length > t3 && u.sort(o), n2 = u.shift(), t3 = u.length, 8 & n2.__g && C(n2);
  } finally {
    (f = u.length) && (i || queueMicrotask)(H);
  }
}
function I(n2, t3, r3, u3, i3, f4, o4, e3, l3, c3, a4) {
  var s3, h3, v3, w3, d3, _3, g3 = u3.__k || y, k2 = t3.length;
  for (l3 = q(r3, t3, g3, l3, k2), s3 = 0; s3 < k2; s3++) null != (v3 = r3.__k[s3]) && (h3 = ~v3.__i && g3[v3.__i] || p, v3.__i = s3, _3 = z(n2, v3, h3, i3, f4, o4, e3, l3, c3, a4), w3 = v3.__e, (h3.ref != v3.ref || 8 & h3.__u) && (h3.ref && G(h3.ref, null, v3, h3), v3.ref && a4.push(v3.ref, v3.__c || w3, v3)), d3 = d3 || w3, 4 & v3.__u ? (l3 = A(v3, l3, n2, !h3.__v), h3.__e && (h3.__e = null)) : "function" == typeof v3.type && void 0 !== _3 ? l3 = _3 : w3 && (l3 = w3.nextSibling), v3.__u &= -21);
  return r3.__e = d3, l3;
}
function q(n2, t3, r3, u3, i3) {
  var f4, o4, e3, l3, c3, a4, s3, p3, y3, v3 = r3.length, d3 = v3, _3 = 0, g3 = 0, k2 = n2.__k = Array(i3);
  for (f4 = 0; f4 < i3; f4++) null != (o4 = t3[f4]) && "boolean" != typeof o4 && "function" != typeof o4 ? ("object" != typeof o4 || o4.constructor === String ? o4 = k2[f4] = m(null, o4) : w(o4) ? o4 = k2[f4] = m($, { children: o4 }) : o4.constructor === h && o4.__b ? o4 = k2[f4] = m(o4.type, o4.props, o4.key, o4.ref, o4.__v) : k2[f4] = o4, l3 = f4 + _3, o4.__ = n2, o4.__b = n2.__b + 1, e3 = null, ~(c3 = o4.__i = P(o4, r3, l3, d3)) && (d3--, (e3 = r3[c3]) && (e3.__u |= 2)), e3 && e3.__v ? (o4.__u |= 16, c3 == l3 - 1 ? _3-- : c3 == l3 + 1 ? _3++ : c3 != l3 && (c3 > l3 ? _3-- : _3++, g3 = 1)) : (~c3 || (i3 > v3 ? _3-- : i3 < v3 && _3++), "function" != typeof o4.type && (o4.__u |= 4))) : k2[f4] = null;
  if (g3) {
    for (a4 = [], s3 = [], f4 = 0; f4 < i3; f4++) if ((o4 = k2[f4]) && 16 & o4.__u) {
      for (_3 = 0, p3 = a4.length; _3 < p3; ) a4[y3 = _3 + p3 >> 1] < o4.__i ? _3 = y3 + 1 : p3 = y3;
      a4[_3] = o4.__i, s3[f4] = _3 + 1;
    }
    for (_3 = a4.length; f4--; ) s3[f4] && (s3[f4] == _3 ? _3-- : k2[f4].__u |= 4);
  }
  if (d3) for (f4 = 0; f4 < v3; f4++) !(e3 = r3[f4]) || 2 & e3.__u || (e3.__e == u3 && (u3 = S(e3)), J(e3, e3));
  return u3;
}
function A(n2, t3, r3, u3) {
  var i3, f4, o4, e3;
  if ("function" == typeof n2.type) {
    if (n2.props.__P) return t3;
    if (i3 = n2.__k) for (f4 = 0; f4 < i3.length; f4++) i3[f4] && (i3[f4].__ = n2, t3 = A(i3[f4], t3, r3, false));
    return t3;
  }
  for (t3 && !t3.parentNode && (t3 = S(n2)) && !t3.parentNode && (t3 = null), o4 = n2.__e, e3 = t3; e3 && 8 == e3.nodeType; ) e3 = e3.nextSibling;
  for (o4 != e3 && (!u3 && r3.moveBefore && o4.parentNode ? r3.moveBefore(o4, t3) : r3.insertBefore(o4, t3 || null)), t3 = o4; (t3 = t3 && t3.nextSibling) && 8 == t3.nodeType && !t3.data.startsWith("$s"); ) ;
  return t3;
}
function P(n2, t3, r3, u3) {
  var i3, f4 = n2.key, o4 = n2.type, e3 = t3[r3], l3 = e3 && !(2 & e3.__u);
  if (null === e3 && null == f4 || l3 && f4 == e3.key && o4 == e3.type) return r3;
  if (u3 > (l3 ? 1 : 0)) {
    for (i3 = r3 - 1; i3 >= 0; i3--) if ((e3 = t3[i3]) && !(2 & e3.__u) && f4 == e3.key && o4 == e3.type) return i3;
    for (i3 = r3 + 1; i3 < t3.length; i3++) if ((e3 = t3[i3]) && !(2 & e3.__u) && f4 == e3.key && o4 == e3.type) return i3;
  }
  return -1;
}
function T(n2, t3, r3) {
  null == r3 && (r3 = ""), "-" == t3[0] ? n2.setProperty(t3, r3) : n2[t3] = r3;
}
function N(n2, t3, r3, u3, i3) {
  var f4, o4;
  if ("style" == t3) if ("string" == typeof r3) n2.style.cssText = r3;
  else {
    if ("string" == typeof u3 && (n2.style.cssText = u3 = ""), u3) for (t3 in u3) r3 && t3 in r3 || T(n2.style, t3);
    if (r3) for (t3 in r3) u3 && r3[t3] == u3[t3] || T(n2.style, t3, r3[t3]);
  }
  else if ("o" == t3[0] && "n" == t3[1]) "function" != typeof r3 && (r3 = null), "function" != typeof u3 && (u3 = null), (n2.__e || (n2.__e = {}))[t3] = r3, r3 && u3 || (o4 = a[t3] || (a[t3] = V(t3)), (n2.__a || (n2.__a = {}))[t3] = c, f4 = t3 != (t3 = t3.replace(l, "$1")), (t3 = t3.slice(2))[0] < "a" && (t3 = t3.toLowerCase()), r3 ? n2.addEventListener(t3, o4, f4) : n2.removeEventListener(t3, o4, f4));
  else {
    if ("http://www.w3.org/2000/svg" == i3) t3 = t3.replace(/xlink(H|:h)/, "h").replace(/sName$/, "s");
    else if ("width" != t3 && "height" != t3 && "href" != t3 && "list" != t3 && "form" != t3 && "tabIndex" != t3 && "download" != t3 && "rowSpan" != t3 && "colSpan" != t3 && "role" != t3 && "popover" != t3 && t3 in n2) try {
      return void (n2[t3] = null == r3 ? "" : r3);
    } catch (n3) {
    }
    if ("function" == typeof r3) return;
    null == r3 || false === r3 && "-" != t3[4] ? n2.removeAttribute(t3) : n2.setAttribute(t3, "popover" == t3 && 1 == r3 ? "" : r3);
  }
}
function V(t3) {
  return function(r3) {
    var u3 = this.__e;
    if (u3) {
      if (u3 = u3[t3], null == r3[e]) r3[e] = c++;
      else if (r3[e] < this.__a[t3]) return;
      return u3(n.event ? n.event(r3) : r3);
    }
  };
}
function z(t3, r3, u3, i3, f4, o4, e3, l3, c3, a4) {
  var s3, p3, v3, d3, k2, b2, m3, M, C3, j2, L2, H2, q2, A3, O, P3, T4, N2, V2 = r3.type;
  if (r3.constructor !== h) return null;
  128 & u3.__u && (c3 = 32 & u3.__u, s3 = u3.__c.__z) && (r3.__u |= c3, p3 = o4 = [], 8 == s3.nodeType ? l3 = B(s3, o4) : o4.push(s3), l3 = o4[0] || l3), (s3 = n.__b) && s3(r3);
  n: if ("function" == typeof V2) {
    v3 = e3.length;
    try {
      if (M = r3.props, C3 = (s3 = V2.prototype) && s3.render, j2 = (s3 = V2.contextType) && i3[s3.__c], L2 = s3 ? j2 ? j2.props.value : s3.__ : i3, (d3 = u3.__c) ? (r3.__c = d3, 2 & d3.__g && (d3.__g |= 1)) : (C3 ? r3.__c = d3 = new V2(M, L2) : (r3.__c = d3 = new x(M, L2), d3.constructor = V2, d3.render = K), j2 && j2.sub(d3), d3.state || (d3.state = {}), d3.__n = i3, d3.__g |= 8, d3.__h = [], d3.__k = []), C3 && (d3.__s || (d3.__s = d3.state), V2.getDerivedStateFromProps && (d3.__s == d3.state && (d3.__s = _({}, d3.__s)), _(d3.__s, V2.getDerivedStateFromProps(M, d3.__s)))), k2 = d3.props, b2 = d3.state, d3.__v = r3, u3.__c) {
        if (M !== k2 && C3 && !V2.getDerivedStateFromProps && d3.componentWillReceiveProps && d3.componentWillReceiveProps(M, L2), r3.__v == u3.__v && !(8 & d3.__g) || !(4 & d3.__g) && d3.shouldComponentUpdate && false === d3.shouldComponentUpdate(M, d3.__s, L2)) {
          r3.__v != u3.__v && (d3.props = M, d3.state = d3.__s, d3.__g &= -9), r3.__e = u3.__e, r3.__k = u3.__k, r3.__k.some(function(n2) {
            n2 && (n2.__ = r3);
          }), y.push.apply(d3.__h, d3.__k), d3.__k = [], d3.__h.length && e3.push(d3), l3 = S(u3);
          break n;
        }
        d3.componentWillUpdate && d3.componentWillUpdate(M, d3.__s, L2), C3 && d3.componentDidUpdate && d3.__h.push(function() {
          d3.componentDidUpdate(k2, b2, m3);
        });
      } else C3 && !V2.getDerivedStateFromProps && d3.componentWillMount && d3.componentWillMount(), C3 && d3.componentDidMount && d3.__h.push(d3.componentDidMount);
      d3.context = L2, d3.props = M, d3.__P = t3, d3.__g &= -5, H2 = n.__r, q2 = C3 ? 25 : 0;
      do {
        d3.__g &= -9, H2 && H2(r3), s3 = d3.render(d3.props, d3.state = d3.__s, d3.context);
      } while (8 & d3.__g && ++q2 < 25);
      C3 && (y.push.apply(d3.__h, d3.__k), d3.__k = []), d3.state = d3.__s, d3.getChildContext && (i3 = _({}, i3, d3.getChildContext())), C3 && u3.__c && d3.getSnapshotBeforeUpdate && (m3 = d3.getSnapshotBeforeUpdate(k2, b2)), A3 = s3 && s3.type === $ && null == s3.key ? s3.props.children : s3, M.__P && (s3 = l3, f4 = (t3 = M.__P).namespaceURI, c3 = o4 = null, u3.props && u3.props.__P != t3 && (u3.__k.some(function(n2) {
        n2 && J(n2, n2);
      }), u3.__k = null), l3 = u3.__k ? S(u3, 0) : null), l3 = I(t3, w(A3) ? A3 : [A3], r3, u3, i3, f4, o4, e3, l3, c3, a4), M.__P && (r3.__e = null, l3 = s3), r3.__u &= -161, p3 && p3.some(g), d3.__h.length && e3.push(d3), 1 & d3.__g && (d3.__g &= -4);
    } catch (t4) {
      if (e3.length = v3, r3.__v = null, c3 || o4) if (t4 && t4.then) {
        if (r3.__u |= 128 | c3, o4) {
          for (~(T4 = o4.indexOf(l3 || void 0)) || (T4 = o4.length); (N2 = o4[T4 - 1]) && 8 == N2.nodeType; ) T4--;
          for (; T4 < o4.length; T4++) if (N2 = o4[T4]) if (o4[T4] = null, O) {
            if (N2 == P3) break;
          } else {
            if (8 != N2.nodeType) break;
            N2.data.startsWith("$s") && (P3 = B(O = N2));
          }
        }
        if (!O) {
          for (; l3 && 8 == l3.nodeType && l3.nextSibling; ) l3 = l3.nextSibling;
          O = l3;
        }
        (s3 = B(O = r3.__c.__z || (r3.__c.__z = O))) ? (r3.__e = O, l3 = s3) : r3.__e = l3, l3 = l3 && l3.nextSibling;
      } else o4 && o4.some(g);
      else r3.__e = u3.__e;
      r3.__k || (r3.__k = u3.__k || []), t4 && t4.then || D(r3), n.__e(t4, r3, u3);
    }
  } else l3 = r3.__e = F(u3.__e, r3, u3, i3, f4, o4, e3, c3, a4, t3);
  return (s3 = n.diffed) && s3(r3), l3;
}
function B(n2, t3) {
  if (n2 && 8 == n2.nodeType && n2.data.startsWith("$s")) for (var r3 = 1; n2 = n2.nextSibling; ) {
    if (8 == n2.nodeType) {
      if (n2.data.startsWith("$s")) r3++;
      else if (n2.data.startsWith("/$s") && !--r3) return n2;
    }
    t3 && t3.push(n2);
  }
}
function D(n2) {
  n2 && (n2.__c && (n2.__c.__g |= 4), n2.__k && n2.__k.some(D));
}
function E(t3, r3, u3) {
  for (var i3 = 0; i3 < u3.length; ) G(u3[i3++], u3[i3++], u3[i3++]);
  n.__c && n.__c(r3, t3), t3.some(function(r4) {
    try {
      t3 = r4.__h, r4.__h = [], t3.some(function(n2) {
        n2.call(r4);
      });
    } catch (t4) {
      n.__e(t4, r4.__v);
    }
  });
}
function F(t3, r3, u3, i3, f4, o4, e3, l3, c3, a4) {
  var s3, h3, y3, _3, k2, b2, m3, M, $2 = u3.props || p, x2 = r3.props, C3 = r3.type;
  if ("svg" == C3 ? f4 = "http://www.w3.org/2000/svg" : "math" == C3 ? f4 = "http://www.w3.org/1998/Math/MathML" : f4 || (f4 = "http://www.w3.org/1999/xhtml"), o4) {
    for (s3 = 0; s3 < o4.length; s3++) if ((k2 = o4[s3]) && (C3 ? k2.localName == C3 : 3 == k2.nodeType)) {
      t3 = k2, o4[s3] = null;
      break;
    }
  }
  if (!t3) {
    if (M = a4.ownerDocument || document, !C3) return M.createTextNode(x2);
    t3 = M.createElementNS(f4, C3, x2.is ? x2 : a4), l3 && (n.__m && n.__m(r3, o4), l3 = false), o4 = null;
  }
  if (C3) {
    if (a4 = "template" == C3 && t3.content || t3, o4 = "textarea" == C3 && null != x2.defaultValue ? null : o4 && d.call(a4.childNodes), !l3 && o4) for ($2 = {}, s3 = 0; s3 < t3.attributes.length; s3++) $2[(k2 = t3.attributes[s3]).name] = k2.value;
    for (s3 in $2) k2 = $2[s3], "dangerouslySetInnerHTML" == s3 ? y3 = k2 : "children" == s3 || s3 in x2 || "value" == s3 && "defaultValue" in x2 || "checked" == s3 && "defaultChecked" in x2 || N(t3, s3, null, k2, f4);
    for (s3 in x2) k2 = x2[s3], "children" == s3 ? _3 = k2 : "dangerouslySetInnerHTML" == s3 ? h3 = k2 : "value" == s3 ? b2 = k2 : "checked" == s3 ? m3 = k2 : l3 && "function" != typeof k2 || $2[s3] === k2 || N(t3, s3, k2, $2[s3], f4);
    h3 ? (l3 || y3 && (h3.__html == y3.__html || h3.__html == t3.innerHTML) || (t3.innerHTML = h3.__html), r3.__k = []) : (y3 && (t3.textContent = ""), ("foreignObject" == C3 || "http://www.w3.org/1998/Math/MathML" == f4 && v.test(C3)) && (f4 = "http://www.w3.org/1999/xhtml"), I(a4, w(_3) ? _3 : [_3], r3, u3, i3, f4, o4, e3, o4 ? o4[0] : u3.__k && S(u3, 0), l3, c3), o4 && o4.some(g)), l3 && "textarea" != C3 || (s3 = "value", "progress" == C3 && null == b2 ? t3.removeAttribute(s3) : null == b2 || b2 === t3[s3] && ("progress" != C3 || b2) || N(t3, s3, b2, $2[s3], f4), s3 = "checked", null != m3 && m3 != t3[s3] && N(t3, s3, m3, $2[s3], f4));
  } else $2 === x2 || l3 && t3.data == x2 || (t3.data = x2);
  return t3;
}
function G(t3, r3, u3, i3) {
  try {
    "function" == typeof t3 ? r3 ? r3.__x = t3(r3) || 1 : i3 && (i3 = i3.__c || i3.__e) && (r3 = i3.__x) && (i3.__x = null, "function" == typeof r3 ? r3() : t3(null)) : t3.current = r3;
  } catch (t4) {
    n.__e(t4, u3);
  }
}
function J(t3, r3, u3) {
  var i3, f4, o4, e3;
  if (n.unmount && n.unmount(t3), !(i3 = t3.ref) || i3.current && i3.current != t3.__e || G(i3, null, r3, t3), i3 = t3.__c) {
    if (i3.componentWillUnmount) try {
      i3.componentWillUnmount();
    } catch (t4) {
      n.__e(t4, r3);
    }
    i3.__P = i3.__n = null;
  }
  if (i3 = t3.__k) for (e3 = 0; e3 < i3.length; e3++) i3[e3] && J(i3[e3], r3, "function" != typeof t3.type || u3 && !t3.props.__P);
  !u3 && (i3 = t3.__c) && (i3 = i3.__z) && (f4 = B(i3, o4 = [])) && (i3 == t3.__e && o4.some(g), g(f4), g(i3)), u3 || g(t3.__e), t3.__e = t3.__c = t3.__ = null;
}
function K(n2, t3, r3) {
  return this.constructor(n2, r3);
}
function Q(t3, r3) {
  var u3, i3, f4, o4;
  n.__ && n.__(t3, r3), 9 == r3.nodeType && (r3 = r3.documentElement), i3 = (u3 = t3 && 32 & t3.__u) ? null : r3.__k, r3.__k = m($, { children: [t3] }), f4 = [], o4 = [], z(r3, r3.__k, i3 || p, p, r3.namespaceURI, i3 ? null : r3.firstChild ? d.call(r3.childNodes) : null, f4, i3 ? i3.__e : r3.firstChild, u3, o4), E(f4, r3.__k, o4), r3.__k.props.children = null;
}
n = { __e: function(n2, t3, r3, u3) {
  for (var i3, o4, e3; t3 = t3.__; ) if ((i3 = t3.__c) && !(1 & i3.__g)) {
    i3.__g |= 4;
    try {
      if ((e3 = (o4 = i3.constructor) && o4.getDerivedStateFromError) && i3.setState(o4.getDerivedStateFromError(n2)), i3.componentDidCatch && (i3.componentDidCatch(n2, u3 || {}), e3 = 1), e3 && 8 & i3.__g) return void (i3.__g |= 2);
    } catch (t4) {
      n2 = t4;
    }
  }
  throw f = 0, n2;
} }, t = 0, r = function(n2) {
  return null != n2 && n2.constructor === h;
}, x.prototype.setState = function(n2, t3) {
  var r3 = this.__s;
  r3 && r3 != this.state || (r3 = this.__s = _({}, this.state)), "function" == typeof n2 && (n2 = n2(_({}, r3), this.props)), n2 && (_(r3, n2), this.__v && (t3 && this.__k.push(t3), L(this)));
}, x.prototype.forceUpdate = function(n2) {
  this.__v && (this.__g |= 4, n2 && this.__h.push(n2), L(this));
}, x.prototype.render = $, u = [], f = 0, o = function(n2, t3) {
  return n2.__v.__b - t3.__v.__b;
}, e = /* @__PURE__ */ Symbol(), l = /(PointerCapture)$|Capture$/i, c = 0, a = {}, s = 0;

// node_modules/preact/hooks/dist/hooks.mjs
var t2;
var r2;
var u2;
var i2;
var o2 = Object.is;
var f2 = 0;
var c2 = [];
var e2 = [];
var a2 = n;
var v2 = a2.__b;
var l2 = a2.__r;
var m2 = a2.diffed;
var h2 = a2.__c;
var s2 = a2.unmount;
var p2 = a2.__;
function y2(n2, t3) {
  a2.__h && a2.__h(r2, n2, f2 || t3), f2 = 0;
  var u3 = r2.__H || (r2.__H = { __: [], __h: [] });
  return n2 >= u3.__.length && u3.__.push({}), u3.__[n2];
}
function d2(n2) {
  return f2 = 1, _2(G2, n2);
}
function _2(n2, u3, i3) {
  var f4 = y2(t2++, 2);
  if (f4.t = n2, !f4.__c && (f4.__ = [i3 ? i3(u3) : G2(void 0, u3), function(n3) {
    var t3 = (f4.__N || f4.__)[0], r3 = f4.t(t3, n3);
    o2(t3, r3) || (f4.__N = [r3, f4.__[1]], f4.__c.setState({}));
  }], f4.__c = r2, !r2.__f)) {
    r2.__f = true;
    var c3 = r2.shouldComponentUpdate;
    r2.shouldComponentUpdate = function(n3, t3, r3) {
      var u4 = this.__H;
      if (!u4) return true;
      var i4 = false, f5 = this.props != n3;
      if (u4.__.some(function(n4) {
        n4.__N && (i4 = true, o2(n4.__[0], n4.__N[0]) || (f5 = true));
      }), c3) {
        var e3 = c3.call(this, n3, t3, r3);
        return i4 ? e3 || f5 : e3;
      }
      return !i4 || f5;
    };
  }
  return f4.__;
}
function A2(n2, u3) {
  var i3 = y2(t2++, 3);
  !a2.__s && E2(i3.__H, u3) && (i3.__P = true, i3.__ = n2, i3.u = u3, r2.__H.__h.push(i3));
}
function F2(n2, u3) {
  var i3 = y2(t2++, 4);
  !a2.__s && E2(i3.__H, u3) && (i3.__P = false, i3.__ = n2, i3.u = u3, r2.__h.push(i3));
}
function T2(n2) {
  return f2 = 5, w2(function() {
    return { current: n2 };
  }, []);
}
function w2(n2, r3) {
  var u3 = y2(t2++, 7);
  return E2(u3.__H, r3) && (u3.__ = n2(), u3.__H = r3), u3.__;
}
function b(n2, t3) {
  return f2 = 8, w2(function() {
    return n2;
  }, t3);
}
function P2() {
  var n2 = y2(t2++, 11);
  if (!n2.__) {
    for (var u3 = r2.__v; !u3.__m && u3.__; ) u3 = u3.__;
    var i3 = u3.__m || (u3.__m = [0, 0]);
    n2.__ = "P" + i3[0] + "-" + i3[1]++;
  }
  return n2.__;
}
function g2() {
  var n2;
  do {
    for (; n2 = e2.shift(); ) try {
      C2(n2);
    } catch (t4) {
      a2.__e(t4, { __: (n2 = n2.__P) && n2.__v });
    }
    for (; n2 = c2.shift(); ) {
      var t3 = n2.__H;
      if (n2.__P && t3) try {
        t3.__h.some(C2), t3.__h.some(D2), t3.__h = [];
      } catch (r3) {
        t3.__h = [], a2.__e(r3, n2.__v);
      }
    }
  } while (e2.length);
}
a2.__b = function(n2) {
  r2 = null, v2 && v2(n2);
}, a2.__ = function(n2, t3) {
  n2 && t3.__k && t3.__k.__m && (n2.__m = t3.__k.__m), p2 && p2(n2, t3);
}, a2.__r = function(n2) {
  l2 && l2(n2), t2 = 0;
  var i3 = (r2 = n2.__c).__H;
  i3 && (u2 == r2 ? r2.__h = [] : (i3.__h.some(C2), i3.__h.some(D2), t2 = 0), i3.__h = [], i3.__.some(function(n3) {
    n3.__N && (n3.__ = n3.__N), n3.u = n3.__N = void 0;
  })), u2 = r2;
}, a2.diffed = function(n2) {
  m2 && m2(n2);
  var t3 = n2.__c;
  t3 && t3.__H && (t3.__H.__h.length && B2(c2.push(t3)), t3.__H.__.some(function(n3) {
    n3.u && (n3.__H = n3.u);
  })), u2 = r2 = null;
}, a2.__c = function(n2, t3) {
  t3.some(function(n3) {
    try {
      n3.__h.some(C2), n3.__h = n3.__h.filter(function(n4) {
        return !n4.__ || D2(n4);
      });
    } catch (t4) {
      n3.__h = [function() {
        throw t4;
      }];
    }
  }), h2 && h2(n2, t3);
}, a2.unmount = function(n2) {
  s2 && s2(n2);
  var t3, r3, u3 = n2.__c;
  u3 && u3.__H && (u3.__H.__.some(function(u4) {
    try {
      if (u4.__P && u4.__c) {
        if (void 0 === r3) {
          for (r3 = n2.__; r3 && (!r3.__c || !r3.__c.__P); ) r3 = r3.__;
          r3 = r3 && r3.__c;
        }
        u4.__P = r3, B2(e2.push(u4));
      } else C2(u4);
    } catch (n3) {
      t3 = n3;
    }
  }), u3.__H = void 0, t3 && a2.__e(t3, u3.__v));
};
var k = "function" == typeof requestAnimationFrame;
function z2(n2) {
  var t3, r3 = function() {
    clearTimeout(u3), k && cancelAnimationFrame(t3), setTimeout(n2);
  }, u3 = setTimeout(r3, 35);
  k && (t3 = requestAnimationFrame(r3));
}
function B2(n2) {
  1 != n2 && i2 == a2.requestAnimationFrame || ((i2 = a2.requestAnimationFrame) || z2)(g2);
}
function C2(n2) {
  var t3 = r2, u3 = n2.__c;
  "function" == typeof u3 && (n2.__c = void 0, u3()), r2 = t3;
}
function D2(n2) {
  var t3 = r2;
  n2.__c = n2.__(), r2 = t3;
}
function E2(n2, t3) {
  return !n2 || n2.length != t3.length || t3.some(function(t4, r3) {
    return !o2(t4, n2[r3]);
  });
}
function G2(n2, t3) {
  return "function" == typeof t3 ? t3(n2) : t3;
}

// client/src/error.js
var SERVER_ERRORS = /* @__PURE__ */ new Set([
  ...["InvalidParams", "InvalidEmail", "InvalidData", "InvalidSignature", "InvalidPublicKey", "InvalidHash", "DataTooLarge"],
  ...["InvalidCode", "WalletNotFound", "VersionNotFound", "Conflict", "WalletExists", "EmailInUse", "Stale"],
  ...["KeyUnchanged", "BindingRequired", "KeyRetired", "Internal", "RateLimited", "MailFailed", "StoreUnavailable"]
]);
var OFFLINE = /* @__PURE__ */ new Set(
  /** @type {ErrorCode[]} */
  ["Transport", "Timeout", "NoQuorum", "Unknown", "NoAnswer"]
);
var isServerError = (name) => SERVER_ERRORS.has(name);
var LarimarError = class extends Error {
  /**
   * @param {ErrorCode} code
   * @param {string} message
   * @param {{ server?: string, data?: Record<string, unknown>, rpcCode?: number, status?: number, cause?: unknown }} [more]
   */
  constructor(code, message, more = {}) {
    super(message, more.cause === void 0 ? void 0 : { cause: more.cause });
    this.name = "LarimarError";
    this.code = code;
    this.server = more.server;
    this.data = more.data ?? {};
    this.rpcCode = more.rpcCode;
    this.status = more.status;
  }
  /** Seconds to wait before it can work; `undefined` if waiting does not help. */
  get retryAfter() {
    const seconds = this.data["retry_after"];
    return typeof seconds === "number" && seconds >= 0 ? seconds : void 0;
  }
  /** Whether the server, or enough of several, was not reached, so that what this device holds is all there is. */
  get isOffline() {
    return OFFLINE.has(this.code) || this.status !== void 0 && this.status >= 500;
  }
  /**
   * Whether something that was caught is an error of this library, and of this code if one is given.
   * @param {unknown} error
   * @param {ErrorCode} [code]
   * @returns {error is LarimarError}
   */
  static is(error, code) {
    return error instanceof Error && error.name === "LarimarError" && "code" in error && (code === void 0 || error.code === code);
  }
};
var locked = () => new LarimarError("Locked", "The wallet is locked. Unlock it with its password.");

// client/src/address.js
var Address = class {
  /**
   * @param {string | URL} url
   * @throws {LarimarError} `InvalidUrl`, `InsecureUrl`
   */
  constructor(url) {
    const parsed3 = parse(url);
    if (parsed3.protocol !== "https:" && parsed3.protocol !== "http:") {
      throw new LarimarError("InvalidUrl", "A server's address begins with https://");
    }
    if (parsed3.username || parsed3.password || parsed3.hash || parsed3.search) {
      throw new LarimarError("InvalidUrl", "A server's address has no user name, question mark or #.");
    }
    if (parsed3.protocol === "http:" && !isLoopback(parsed3.hostname)) {
      const message = `${parsed3.host} would be called without encryption. Use https; http is for this computer only.`;
      throw new LarimarError("InsecureUrl", message, { server: parsed3.host });
    }
    this.http = parsed3.href;
    this.webSocket = parsed3.href.replace(/^http/, "ws");
    this.name = parsed3.host;
  }
};
function parse(url) {
  try {
    return new URL(url);
  } catch (cause) {
    throw new LarimarError("InvalidUrl", "This is not the address of a server: it looks like https://wallet.example.org", { cause });
  }
}
function isLoopback(host) {
  return host === "localhost" || host === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(host);
}

// client/src/cache.js
var nothing = (server, publicKey) => ({ server, publicKey, highest: 0, stored: null, drafts: [] });
function memoryCache() {
  const all = /* @__PURE__ */ new Map();
  const key = (server, publicKey) => `${server} ${publicKey}`;
  return {
    fleeting: true,
    get: async (server, publicKey) => structuredClone(all.get(key(server, publicKey)) ?? null),
    async update(server, publicKey, change) {
      const changed = change(structuredClone(all.get(key(server, publicKey)) ?? nothing(server, publicKey)));
      if (changed) all.set(key(server, publicKey), structuredClone(changed));
      else all.delete(key(server, publicKey));
    },
    list: async () => [...all.values()].map((found) => structuredClone(found))
  };
}
function indexedDbCache({ name = "larimar", indexedDB = globalThis.indexedDB } = {}) {
  let opened2;
  const open = () => {
    opened2 ??= new Promise((resolve, reject) => {
      const request = indexedDB.open(name, 1);
      request.onupgradeneeded = () => request.result.createObjectStore("wallets", { keyPath: ["server", "publicKey"] });
      request.onsuccess = () => {
        request.result.onversionchange = () => {
          request.result.close();
          opened2 = void 0;
        };
        request.result.onclose = () => opened2 = void 0;
        resolve(request.result);
      };
      request.onerror = () => reject(request.error);
    });
    opened2.catch(() => opened2 = void 0);
    return opened2;
  };
  const transaction = async (mode, work) => {
    const running = (await open()).transaction("wallets", mode, { durability: "strict" });
    return new Promise((resolve, reject) => {
      let result;
      running.oncomplete = () => resolve(result);
      running.onabort = running.onerror = () => reject(running.error);
      work(running.objectStore("wallets"), (value) => result = value);
    });
  };
  return {
    get: (server, publicKey) => transaction("readonly", (store, done) => {
      const request = store.get([server, publicKey]);
      request.onsuccess = () => done(request.result ?? null);
    }),
    update: (server, publicKey, change) => transaction("readwrite", (store, done) => {
      const request = store.get([server, publicKey]);
      request.onsuccess = () => {
        const changed = change(request.result ?? nothing(server, publicKey));
        if (changed) store.put(changed);
        else store.delete([server, publicKey]);
        done(void 0);
      };
    }),
    list: () => transaction("readonly", (store, done) => {
      const request = store.getAll();
      request.onsuccess = () => done(request.result);
    })
  };
}
var usual;
var defaultCache = () => usual ??= globalThis.indexedDB ? indexedDbCache() : memoryCache();

// client/src/conflict.js
var ConflictError = class extends LarimarError {
  /** @param {import("./wallet.js").Wallet} wallet */
  constructor(wallet) {
    super("Conflict", "Another device stored something else meanwhile. Look at both, and choose.", { server: wallet.server.name });
    this.conflict = wallet.conflict;
  }
};

// node_modules/@noble/hashes/utils.js
function isBytes(a4) {
  return a4 instanceof Uint8Array || ArrayBuffer.isView(a4) && a4.constructor.name === "Uint8Array" && "BYTES_PER_ELEMENT" in a4 && a4.BYTES_PER_ELEMENT === 1;
}
var atitle = (title) => title ? `"${title}" ` : "";
function anumber(n2, title = "") {
  if (typeof n2 !== "number")
    throw new TypeError(atitle(title) + "expected number, got " + typeof n2);
  if (!Number.isSafeInteger(n2) || n2 < 0)
    throw new RangeError(atitle(title) + "expected integer >= 0, got " + n2);
  return n2;
}
function abytes(value, length, title = "") {
  if (isBytes(value) && (length === void 0 || value.length === length))
    return value;
  if (length !== void 0)
    anumber(length, "length");
  const bytes = isBytes(value);
  const ofLen = length !== void 0 ? ` of length ${length}` : "";
  const got2 = bytes ? `length=${value.length}` : `type=${typeof value}`;
  const message = atitle(title) + "expected Uint8Array" + ofLen + ", got " + got2;
  if (!bytes)
    throw new TypeError(message);
  throw new RangeError(message);
}
function ahash(h3) {
  if (typeof h3 !== "function" || typeof h3.create !== "function")
    throw new TypeError("expected hash wrapped by utils.createHasher");
  anumber(h3.outputLen);
  anumber(h3.blockLen);
  if (h3.outputLen < 1 || h3.blockLen < 1)
    throw new Error("hash blockLen / outputLen must be >= 1");
}
var aobject = (value, label) => {
  if (value === null || typeof value !== "object" || Array.isArray(value))
    throw new TypeError((label === "object" ? "" : `"${label}" `) + "expected object, got type=" + typeof value);
};
var aopts = (value, label) => {
  aobject(value, label);
  const proto = Object.getPrototypeOf(value);
  if (proto !== Object.prototype && proto !== null)
    throw new TypeError(`"${label}" expected plain object`);
  if (Object.hasOwn(value, "__proto__"))
    throw new TypeError(`"${label}.__proto__" is not allowed`);
};
function aexists(instance, checkFinished = true) {
  if (instance.destroyed)
    throw new Error("hash was destroyed");
  if (checkFinished && instance.finished)
    throw new Error("digest() was already called");
}
function aoutput(out, instance) {
  abytes(out, void 0, "output");
  const min = instance.outputLen;
  if (!(out.length >= min)) {
    throw new RangeError('"output" expected length >= ' + min);
  }
}
function u32(arr) {
  return new Uint32Array(arr.buffer, arr.byteOffset, Math.floor(arr.byteLength / 4));
}
function clean(...arrays) {
  for (let i3 = 0; i3 < arrays.length; i3++) {
    arrays[i3].fill(0);
  }
}
function createView(arr) {
  return new DataView(arr.buffer, arr.byteOffset, arr.byteLength);
}
function rotr(word, shift) {
  return word << 32 - shift | word >>> shift;
}
function rotl(word, shift) {
  return word << shift | word >>> 32 - shift >>> 0;
}
var isLE = /* @__PURE__ */ (() => new Uint8Array(new Uint32Array([287454020]).buffer)[0] === 68)();
function byteSwap(word) {
  return word << 24 & 4278190080 | word << 8 & 16711680 | word >>> 8 & 65280 | word >>> 24 & 255;
}
function byteSwap32(arr) {
  for (let i3 = 0; i3 < arr.length; i3++) {
    arr[i3] = byteSwap(arr[i3]);
  }
  return arr;
}
var swap32IfBE = isLE ? (u3) => u3 : byteSwap32;
var hasHexBuiltin = /* @__PURE__ */ (() => (
  // @ts-ignore
  typeof Uint8Array.from([]).toHex === "function" && typeof Uint8Array.fromHex === "function"
))();
var hexes = /* @__PURE__ */ Array.from({ length: 256 }, (_3, i3) => i3.toString(16).padStart(2, "0"));
function bytesToHex(bytes) {
  abytes(bytes);
  if (hasHexBuiltin)
    return bytes.toHex();
  let hex = "";
  for (let i3 = 0; i3 < bytes.length; i3++) {
    hex += hexes[bytes[i3]];
  }
  return hex;
}
function asciiToBase16(ch) {
  return ch >= 48 && ch <= 57 ? ch - 48 : ch >= 65 && ch <= 70 ? ch - (65 - 10) : ch >= 97 && ch <= 102 ? ch - (97 - 10) : void 0;
}
function hexToBytes(hex) {
  if (typeof hex !== "string")
    throw new TypeError("hex string expected, got " + typeof hex);
  if (hasHexBuiltin) {
    try {
      return Uint8Array.fromHex(hex);
    } catch (error) {
      if (error instanceof SyntaxError)
        throw new RangeError(error.message);
      throw error;
    }
  }
  const hl = hex.length;
  const al = hl / 2;
  if (hl % 2)
    throw new RangeError("hex string expected, got unpadded hex of length " + hl);
  const array = new Uint8Array(al);
  for (let ai = 0, hi = 0; ai < al; ai++, hi += 2) {
    const n1 = asciiToBase16(hex.charCodeAt(hi));
    const n2 = asciiToBase16(hex.charCodeAt(hi + 1));
    if (n1 === void 0 || n2 === void 0) {
      const char = hex[hi] + hex[hi + 1];
      throw new RangeError('hex string expected, got non-hex character "' + char + '" at index ' + hi);
    }
    array[ai] = n1 * 16 + n2;
  }
  return array;
}
function nextTick(onReject) {
  const host = globalThis;
  if (typeof host.scheduler?.yield === "function") {
    const promise = host.scheduler.yield();
    if (onReject)
      promise.catch(onReject);
    return promise;
  }
  return new Promise((resolve) => host.setTimeout(resolve, 0));
}
async function asyncLoop(iters, tick, cb, onReject) {
  anumber(iters, "iters");
  anumber(tick, "tick");
  if (typeof cb !== "function")
    throw new TypeError("callback must be a function");
  let ts = Date.now();
  for (let i3 = 0; i3 < iters; i3++) {
    cb(i3);
    const diff = Date.now() - ts;
    if (diff >= 0 && diff < tick)
      continue;
    await nextTick(onReject);
    ts = Date.now();
  }
}
function utf8ToBytes(str) {
  if (typeof str !== "string")
    throw new TypeError("string expected");
  const encoded = new TextEncoder().encode(str);
  try {
    return new Uint8Array(encoded);
  } finally {
    clean(encoded);
  }
}
function kdfInputToBytes(data, errorTitle = "") {
  if (typeof data === "string")
    return utf8ToBytes(data);
  return abytes(data, void 0, errorTitle);
}
function concatBytes(...arrays) {
  let sum = 0;
  for (let i3 = 0; i3 < arrays.length; i3++) {
    const a4 = arrays[i3];
    abytes(a4);
    sum += a4.length;
  }
  const res = new Uint8Array(sum);
  for (let i3 = 0, pad = 0; i3 < arrays.length; i3++) {
    const a4 = arrays[i3];
    res.set(a4, pad);
    pad += a4.length;
  }
  return res;
}
function checkOpts(defaults, opts, title = "opts") {
  aopts(defaults, "defaults");
  if (opts !== void 0)
    aopts(opts, title);
  const merged = Object.assign(/* @__PURE__ */ Object.create(null), defaults, opts);
  return merged;
}
function createHasher(hashCons, info = {}) {
  if (typeof hashCons !== "function")
    throw new TypeError('"hashCons" expected function, got type=' + typeof hashCons);
  info = checkOpts({}, info, "info");
  const hashC = (msg, opts) => hashCons(opts).update(msg).digest();
  const tmp = hashCons(void 0);
  hashC.outputLen = tmp.outputLen;
  hashC.blockLen = tmp.blockLen;
  hashC.canXOF = tmp.canXOF;
  hashC.create = (opts) => hashCons(opts);
  Object.assign(hashC, info);
  return Object.freeze(hashC);
}
function randomBytes(bytesLength = 32) {
  anumber(bytesLength, "bytesLength");
  const cr = typeof globalThis === "object" ? globalThis.crypto : null;
  if (typeof cr?.getRandomValues !== "function")
    throw new Error("crypto.getRandomValues must be defined");
  if (bytesLength > 65536)
    throw new RangeError(`"bytesLength" expected <= 65536, got ${bytesLength}`);
  return cr.getRandomValues(new Uint8Array(bytesLength));
}
var oidNist = (suffix) => ({
  // Current NIST hashAlgs suffixes used here fit in one DER subidentifier octet.
  // Larger suffix values would need base-128 OID encoding and a different length byte.
  oid: Uint8Array.from([6, 9, 96, 134, 72, 1, 101, 3, 4, 2, suffix])
});

// node_modules/@noble/hashes/hmac.js
var _HMAC = class {
  oHash;
  iHash;
  blockLen;
  outputLen;
  canXOF = false;
  finished = false;
  destroyed = false;
  constructor(hash, key) {
    ahash(hash);
    abytes(key, void 0, "key");
    this.iHash = hash.create();
    if (typeof this.iHash.update !== "function")
      throw new Error("expected Hash instance");
    this.blockLen = this.iHash.blockLen;
    this.outputLen = this.iHash.outputLen;
    const blockLen = this.blockLen;
    const pad = new Uint8Array(blockLen);
    pad.set(key.length > blockLen ? hash.create().update(key).digest() : key);
    for (let i3 = 0; i3 < pad.length; i3++)
      pad[i3] ^= 54;
    this.iHash.update(pad);
    this.oHash = hash.create();
    for (let i3 = 0; i3 < pad.length; i3++)
      pad[i3] ^= 54 ^ 92;
    this.oHash.update(pad);
    clean(pad);
  }
  update(buf) {
    aexists(this);
    this.iHash.update(buf);
    return this;
  }
  digestInto(out) {
    aexists(this);
    aoutput(out, this);
    this.finished = true;
    const buf = out.subarray(0, this.outputLen);
    this.iHash.digestInto(buf);
    this.oHash.update(buf);
    this.oHash.digestInto(buf);
    this.destroy();
  }
  digest() {
    const out = new Uint8Array(this.oHash.outputLen);
    this.digestInto(out);
    return out;
  }
  _cloneInto(to) {
    to ||= Object.create(Object.getPrototypeOf(this), {});
    const { oHash, iHash, finished, destroyed, blockLen, outputLen, canXOF } = this;
    to = to;
    to.finished = finished;
    to.destroyed = destroyed;
    to.blockLen = blockLen;
    to.outputLen = outputLen;
    to.canXOF = canXOF;
    to.oHash = oHash._cloneInto(to.oHash);
    to.iHash = iHash._cloneInto(to.iHash);
    return to;
  }
  clone() {
    return this._cloneInto();
  }
  destroy() {
    this.destroyed = true;
    this.oHash.destroy();
    this.iHash.destroy();
  }
};
var hmac = /* @__PURE__ */ (() => {
  const hmac_ = ((hash, key, message) => new _HMAC(hash, key).update(message).digest());
  hmac_.create = (hash, key) => new _HMAC(hash, key);
  return hmac_;
})();

// node_modules/@noble/hashes/hkdf.js
var HKDF_COUNTER = /* @__PURE__ */ Uint8Array.of(0);
var EMPTY_BUFFER = /* @__PURE__ */ Uint8Array.of();
function expand(hash, prk, info, length = 32, _recycled) {
  ahash(hash);
  anumber(length, "length");
  abytes(prk, void 0, "prk");
  const olen = hash.outputLen;
  if (prk.length < olen)
    throw new Error('"prk" must be at least HashLen octets');
  if (length > 255 * olen)
    throw new Error("Length must be <= 255*HashLen");
  const blocks = Math.ceil(length / olen);
  if (info === void 0)
    info = EMPTY_BUFFER;
  else
    abytes(info, void 0, "info");
  if (!blocks) {
    if (_recycled)
      clean(prk);
    return new Uint8Array();
  }
  const okm = _recycled && blocks === 1 ? prk : new Uint8Array(blocks * olen);
  const { iHash, oHash } = hmac.create(hash, prk);
  const T4 = _recycled ? prk : new Uint8Array(olen);
  const worker = blocks > 1 ? _recycled?.iHash || hash.create() : void 0;
  for (let counter = 0; counter < blocks - 1; counter++) {
    HKDF_COUNTER[0] = counter + 1;
    const iWork = iHash._cloneInto(worker);
    if (counter)
      iWork.update(T4);
    iWork.update(info).update(HKDF_COUNTER).digestInto(T4);
    oHash._cloneInto(worker).update(T4).digestInto(T4);
    okm.set(T4, olen * counter);
  }
  HKDF_COUNTER[0] = blocks;
  if (blocks > 1)
    iHash.update(T4);
  iHash.update(info).update(HKDF_COUNTER).digestInto(T4);
  oHash.update(T4).digestInto(T4);
  okm.set(T4, olen * (blocks - 1));
  iHash.destroy();
  oHash.destroy();
  worker?.destroy();
  if (T4 !== okm)
    clean(T4);
  clean(HKDF_COUNTER);
  if (length === okm.length)
    return okm;
  const res = okm.slice(0, length);
  clean(okm);
  return res;
}
var hkdf = (hash, ikm, salt, info, length) => {
  ahash(hash);
  if (salt === void 0)
    salt = new Uint8Array(hash.outputLen);
  const HMAC = hmac.create(hash, salt).update(ikm);
  return expand(hash, HMAC.digest(), info, length, HMAC);
};

// node_modules/@noble/hashes/_u64.js
var fromNumH = (n2) => n2 / 2 ** 32 | 0;
var fromNumL = (n2) => n2 >>> 0;
function setU64FromNum(view, byteOffset, n2, isLE2) {
  const h3 = fromNumH(n2);
  const l3 = fromNumL(n2);
  view.setUint32(byteOffset, isLE2 ? l3 : h3, isLE2);
  view.setUint32(byteOffset + 4, isLE2 ? h3 : l3, isLE2);
}

// node_modules/@noble/hashes/_md.js
function Chi(a4, b2, c3) {
  return a4 & b2 ^ ~a4 & c3;
}
function Maj(a4, b2, c3) {
  return a4 & b2 ^ a4 & c3 ^ b2 & c3;
}
var HashMD = class {
  blockLen;
  outputLen;
  canXOF = false;
  padOffset;
  isLE;
  // For partial updates less than block size
  buffer;
  view;
  finished = false;
  length = 0;
  pos = 0;
  destroyed = false;
  constructor(blockLen, outputLen, padOffset, isLE2) {
    this.blockLen = blockLen;
    this.outputLen = outputLen;
    this.padOffset = padOffset;
    this.isLE = isLE2;
    this.buffer = new Uint8Array(blockLen);
    this.view = createView(this.buffer);
  }
  update(data) {
    aexists(this);
    abytes(data);
    const { view, buffer, blockLen } = this;
    const len = data.length;
    let processed = false;
    for (let pos = 0; pos < len; ) {
      const take = Math.min(blockLen - this.pos, len - pos);
      if (take === blockLen) {
        const dataView = createView(data);
        for (; blockLen <= len - pos; pos += blockLen)
          this.process(dataView, pos);
        processed = true;
        continue;
      }
      buffer.set(pos === 0 && take === len ? data : data.subarray(pos, pos + take), this.pos);
      this.pos += take;
      pos += take;
      if (this.pos === blockLen) {
        this.process(view, 0);
        this.pos = 0;
        processed = true;
      }
    }
    this.length += data.length;
    if (processed)
      this.roundClean();
    return this;
  }
  digestInto(out) {
    aexists(this);
    aoutput(out, this);
    this.finished = true;
    const { buffer, view, blockLen, isLE: isLE2 } = this;
    let { pos } = this;
    buffer[pos++] = 128;
    buffer.fill(0, pos);
    if (this.padOffset > blockLen - pos) {
      this.process(view, 0);
      buffer.fill(0);
    }
    setU64FromNum(view, blockLen - 8, this.length * 8, isLE2);
    this.process(view, 0);
    this.roundClean();
    const oview = out === buffer ? view : createView(out);
    const len = this.outputLen;
    const outLen = len / 4;
    const state = this.get();
    if (len % 4 || outLen > state.length)
      throw new Error("invalid outputLen");
    for (let i3 = 0; i3 < outLen; i3++)
      oview.setUint32(4 * i3, state[i3], isLE2);
  }
  digest() {
    const { buffer, outputLen } = this;
    this.digestInto(buffer);
    const res = buffer.slice(0, outputLen);
    this.destroy();
    return res;
  }
  _cloneIntoMeta(to) {
    const { buffer, length, finished, destroyed, pos } = this;
    to.destroyed = destroyed;
    to.finished = finished;
    to.length = length;
    to.pos = pos;
    if (pos)
      to.buffer.set(buffer);
    return to;
  }
  clone() {
    return this._cloneInto();
  }
};
var SHA256_IV = /* @__PURE__ */ Uint32Array.from([
  1779033703,
  3144134277,
  1013904242,
  2773480762,
  1359893119,
  2600822924,
  528734635,
  1541459225
]);

// node_modules/@noble/hashes/sha2.js
var SHA256_K = /* @__PURE__ */ Uint32Array.from([
  1116352408,
  1899447441,
  3049323471,
  3921009573,
  961987163,
  1508970993,
  2453635748,
  2870763221,
  3624381080,
  310598401,
  607225278,
  1426881987,
  1925078388,
  2162078206,
  2614888103,
  3248222580,
  3835390401,
  4022224774,
  264347078,
  604807628,
  770255983,
  1249150122,
  1555081692,
  1996064986,
  2554220882,
  2821834349,
  2952996808,
  3210313671,
  3336571891,
  3584528711,
  113926993,
  338241895,
  666307205,
  773529912,
  1294757372,
  1396182291,
  1695183700,
  1986661051,
  2177026350,
  2456956037,
  2730485921,
  2820302411,
  3259730800,
  3345764771,
  3516065817,
  3600352804,
  4094571909,
  275423344,
  430227734,
  506948616,
  659060556,
  883997877,
  958139571,
  1322822218,
  1537002063,
  1747873779,
  1955562222,
  2024104815,
  2227730452,
  2361852424,
  2428436474,
  2756734187,
  3204031479,
  3329325298
]);
var SHA256_W = /* @__PURE__ */ new Uint32Array(64);
var SHA2_32B = class extends HashMD {
  // We cannot use array here since array allows indexing by variable
  // which means optimizer/compiler cannot use registers.
  // Numeric initializers matter: starting the fields as `undefined` changes
  // V8's field representation and makes sha256 3x slower (measured).
  A = 0;
  B = 0;
  C = 0;
  D = 0;
  E = 0;
  F = 0;
  G = 0;
  H = 0;
  constructor(outputLen, IV) {
    super(64, outputLen, 8, false);
    this.A = IV[0] | 0;
    this.B = IV[1] | 0;
    this.C = IV[2] | 0;
    this.D = IV[3] | 0;
    this.E = IV[4] | 0;
    this.F = IV[5] | 0;
    this.G = IV[6] | 0;
    this.H = IV[7] | 0;
  }
  get() {
    const { A: A3, B: B3, C: C3, D: D3, E: E3, F: F3, G: G3, H: H2 } = this;
    return [A3, B3, C3, D3, E3, F3, G3, H2];
  }
  // prettier-ignore
  set(A3, B3, C3, D3, E3, F3, G3, H2) {
    this.A = A3 | 0;
    this.B = B3 | 0;
    this.C = C3 | 0;
    this.D = D3 | 0;
    this.E = E3 | 0;
    this.F = F3 | 0;
    this.G = G3 | 0;
    this.H = H2 | 0;
  }
  _cloneInto(to) {
    (to ||= new this.constructor()).set(...this.get());
    return this._cloneIntoMeta(to);
  }
  process(view, offset) {
    for (let i3 = 0; i3 < 16; i3++, offset += 4)
      SHA256_W[i3] = view.getUint32(offset, false);
    for (let i3 = 16; i3 < 64; i3++) {
      const W15 = SHA256_W[i3 - 15];
      const W2 = SHA256_W[i3 - 2];
      const s0 = rotr(W15, 7) ^ rotr(W15, 18) ^ W15 >>> 3;
      const s1 = rotr(W2, 17) ^ rotr(W2, 19) ^ W2 >>> 10;
      SHA256_W[i3] = s1 + SHA256_W[i3 - 7] + s0 + SHA256_W[i3 - 16] | 0;
    }
    let { A: A3, B: B3, C: C3, D: D3, E: E3, F: F3, G: G3, H: H2 } = this;
    for (let i3 = 0; i3 < 64; i3++) {
      const sigma1 = rotr(E3, 6) ^ rotr(E3, 11) ^ rotr(E3, 25);
      const T1 = H2 + sigma1 + Chi(E3, F3, G3) + SHA256_K[i3] + SHA256_W[i3] | 0;
      const sigma0 = rotr(A3, 2) ^ rotr(A3, 13) ^ rotr(A3, 22);
      const T22 = sigma0 + Maj(A3, B3, C3) | 0;
      H2 = G3;
      G3 = F3;
      F3 = E3;
      E3 = D3 + T1 | 0;
      D3 = C3;
      C3 = B3;
      B3 = A3;
      A3 = T1 + T22 | 0;
    }
    A3 = A3 + this.A | 0;
    B3 = B3 + this.B | 0;
    C3 = C3 + this.C | 0;
    D3 = D3 + this.D | 0;
    E3 = E3 + this.E | 0;
    F3 = F3 + this.F | 0;
    G3 = G3 + this.G | 0;
    H2 = H2 + this.H | 0;
    this.set(A3, B3, C3, D3, E3, F3, G3, H2);
  }
  roundClean() {
    clean(SHA256_W);
  }
  destroy() {
    this.destroyed = true;
    this.set(0, 0, 0, 0, 0, 0, 0, 0);
    clean(this.buffer);
  }
};
var _SHA256 = class extends SHA2_32B {
  constructor() {
    super(32, SHA256_IV);
  }
};
var sha256 = /* @__PURE__ */ createHasher(
  () => new _SHA256(),
  /* @__PURE__ */ oidNist(1)
);

// node_modules/@noble/curves/utils.js
/*! noble-curves - MIT License (c) 2022 Paul Miller (paulmillr.com) */
function aarray(item, title, inner = () => {
}) {
  if (!Array.isArray(item))
    throw new TypeError(`"${title}" expected array, got type=${typeof item}`);
  for (let i3 = 0; i3 < item.length; i3++)
    inner(item[i3], `${title}[${i3}]`);
  return item;
}
var abytes2 = (value, length, title) => abytes(value, length, title);
var anumber2 = anumber;
function astring(value, title = "") {
  if (typeof value !== "string") {
    const prefix = title && `"${title}" `;
    throw new TypeError(prefix + "expected string, got type=" + typeof value);
  }
  return value;
}
function aobject2(value, title = "object") {
  if (value === null || typeof value !== "object" || Array.isArray(value))
    throw new TypeError(title === "object" ? "expected valid options object" : `"${title}" expected object, got type=${typeof value}`);
  return value;
}
function afunction(value, title) {
  if (typeof value !== "function")
    throw new TypeError(`"${title}" is invalid: expected function, got ${typeof value}`);
  return value;
}
var bytesToHex2 = bytesToHex;
var concatBytes2 = (...arrays) => concatBytes(...arrays);
var hexToBytes2 = (hex) => hexToBytes(hex);
var isBytes2 = isBytes;
var randomBytes2 = (bytesLength) => randomBytes(bytesLength);
var _0n = /* @__PURE__ */ BigInt(0);
var _1n = /* @__PURE__ */ BigInt(1);
var atitle2 = (title) => title ? `"${title}" ` : "";
function abool(value, title = "") {
  if (typeof value !== "boolean")
    throw new TypeError(atitle2(title) + "expected boolean, got type=" + typeof value);
  return value;
}
function abignumber(n2) {
  if (typeof n2 === "bigint") {
    if (!isPosBig(n2))
      throw new RangeError("positive bigint expected, got " + n2);
  } else
    anumber2(n2);
  return n2;
}
function asafenumber(value, title = "") {
  if (typeof value !== "number") {
    const prefix = title && `"${title}" `;
    throw new TypeError(prefix + "expected number, got type=" + typeof value);
  }
  if (!Number.isSafeInteger(value)) {
    const prefix = title && `"${title}" `;
    throw new RangeError(prefix + "expected safe integer, got " + value);
  }
}
function numberToHexUnpadded(num) {
  const hex = abignumber(num).toString(16);
  return hex.length & 1 ? "0" + hex : hex;
}
function hexToNumber(hex) {
  if (typeof hex !== "string")
    throw new TypeError("hex string expected, got " + typeof hex);
  return hex === "" ? _0n : BigInt("0x" + hex);
}
function bytesToNumberBE(bytes) {
  return hexToNumber(bytesToHex(bytes));
}
function bytesToNumberLE(bytes) {
  return hexToNumber(bytesToHex(copyBytes(abytes(bytes)).reverse()));
}
function numberToBytesBE(n2, len) {
  anumber(len);
  if (len === 0)
    throw new Error("zero output length is invalid");
  n2 = abignumber(n2);
  const expectedLen = len * 2;
  const hex = n2.toString(16);
  if (hex.length > expectedLen)
    throw new RangeError("number is too large");
  return hexToBytes(hex.padStart(expectedLen, "0"));
}
function numberToBytesLE(n2, len) {
  return numberToBytesBE(n2, len).reverse();
}
function copyBytes(bytes) {
  return Uint8Array.from(abytes2(bytes));
}
function isPosBig(n2) {
  return typeof n2 === "bigint" && _0n <= n2;
}
function inRange(n2, min, max) {
  return isPosBig(n2) && isPosBig(min) && isPosBig(max) && min <= n2 && n2 < max;
}
function aInRange(title, n2, min, max) {
  if (!inRange(n2, min, max))
    throw new RangeError("expected valid " + title + ": " + min + " <= n < " + max + ", got " + n2);
}
function bitLen(n2) {
  if (n2 < _0n)
    throw new Error("expected non-negative bigint, got " + n2);
  return n2 === _0n ? 0 : n2.toString(2).length;
}
var bitMask = (n2) => {
  asafenumber(n2, "n");
  return (_1n << BigInt(n2)) - _1n;
};
function createHmacDrbg(hashLen, qByteLen, hmacFn) {
  anumber(hashLen, "hashLen");
  anumber(qByteLen, "qByteLen");
  if (typeof hmacFn !== "function")
    throw new TypeError("hmacFn must be a function");
  const u8n = (len) => new Uint8Array(len);
  const NULL = Uint8Array.of();
  const byte0 = Uint8Array.of(0);
  const byte1 = Uint8Array.of(1);
  const _maxDrbgIters = 1e3;
  let v3 = u8n(hashLen);
  let k2 = u8n(hashLen);
  let i3 = 0;
  const reset = () => {
    v3.fill(1);
    k2.fill(0);
    i3 = 0;
  };
  const h3 = (...msgs) => hmacFn(k2, concatBytes2(v3, ...msgs));
  const reseed = (seed = NULL) => {
    k2 = h3(byte0, seed);
    v3 = h3();
    if (seed.length === 0)
      return;
    k2 = h3(byte1, seed);
    v3 = h3();
  };
  const gen = () => {
    if (i3++ >= _maxDrbgIters)
      throw new Error("drbg: tried max amount of iterations");
    let len = 0;
    const out = [];
    while (len < qByteLen) {
      v3 = h3();
      const sl = v3.slice();
      out.push(sl);
      len += v3.length;
    }
    return concatBytes2(...out);
  };
  const genUntil = (seed, pred) => {
    reset();
    reseed(seed);
    let res = void 0;
    while ((res = pred(gen())) === void 0)
      reseed();
    reset();
    return res;
  };
  return genUntil;
}
function validateObject(object2, fields = {}, optFields = {}, title = "object") {
  aobject2(object2, title);
  aobject2(fields, "fields");
  aobject2(optFields, "optFields");
  function checkField(fieldName, expectedType, isOpt) {
    const label = title === "object" ? `param "${String(fieldName)}"` : `"${title}.${String(fieldName)}"`;
    const val = object2[fieldName];
    if (!Object.hasOwn(object2, fieldName) && (isOpt ? val !== void 0 : expectedType !== "function")) {
      throw new TypeError(`${label} is invalid: expected own property`);
    }
    if (isOpt && val === void 0)
      return;
    const current = typeof val;
    if (current !== expectedType || val === null)
      throw new TypeError(`${label} is invalid: expected ${expectedType}, got ${current}`);
  }
  const iter = (f4, isOpt) => Object.entries(f4).forEach(([k2, v3]) => checkField(k2, v3, isOpt));
  iter(fields, false);
  iter(optFields, true);
}

// node_modules/@noble/curves/abstract/modular.js
/*! noble-curves - MIT License (c) 2022 Paul Miller (paulmillr.com) */
var _0n2 = /* @__PURE__ */ BigInt(0);
var _1n2 = /* @__PURE__ */ BigInt(1);
var _2n = /* @__PURE__ */ BigInt(2);
var _3n = /* @__PURE__ */ BigInt(3);
var _4n = /* @__PURE__ */ BigInt(4);
var _5n = /* @__PURE__ */ BigInt(5);
var _7n = /* @__PURE__ */ BigInt(7);
var _8n = /* @__PURE__ */ BigInt(8);
var _9n = /* @__PURE__ */ BigInt(9);
var _15n = /* @__PURE__ */ BigInt(15);
var _16n = /* @__PURE__ */ BigInt(16);
var POW_WINDOWED_MIN = /* @__PURE__ */ BigInt("0x10000000000000000");
function mod(a4, b2) {
  if (b2 <= _0n2)
    throw new Error("mod: expected positive modulus, got " + b2);
  const result = a4 % b2;
  return result >= _0n2 ? result : b2 + result;
}
function pow(num, power, modulo) {
  if (modulo <= _1n2)
    throw new Error("pow: expected modulus > 1, got " + modulo);
  if (typeof power !== "bigint")
    throw new TypeError("invalid exponent: expected bigint, got " + typeof power);
  if (power < _0n2)
    throw new Error("invalid exponent, negatives unsupported");
  if (power === _0n2)
    return _1n2;
  if (power === _1n2)
    return num;
  let d3 = num % modulo;
  if (d3 < _0n2)
    d3 += modulo;
  if (power < POW_WINDOWED_MIN) {
    let p4 = _1n2;
    while (power > _0n2) {
      if (power & _1n2)
        p4 = p4 * d3 % modulo;
      d3 = d3 * d3 % modulo;
      power >>= _1n2;
    }
    return p4;
  }
  const digits = [];
  while (power > _0n2) {
    digits.push(Number(power & _15n));
    power >>= _4n;
  }
  const table = new Array(16);
  table[0] = _1n2;
  table[1] = d3;
  for (let i3 = 2; i3 < 16; i3++)
    table[i3] = table[i3 - 1] * d3 % modulo;
  let p3 = table[digits[digits.length - 1]];
  for (let w3 = digits.length - 2; w3 >= 0; w3--) {
    p3 = p3 * p3 % modulo;
    p3 = p3 * p3 % modulo;
    p3 = p3 * p3 % modulo;
    p3 = p3 * p3 % modulo;
    const digit = digits[w3];
    if (digit !== 0)
      p3 = p3 * table[digit] % modulo;
  }
  return p3;
}
function pow2(x2, power, modulo) {
  if (modulo <= _1n2)
    throw new Error("pow2: expected modulus > 1, got " + modulo);
  if (power < _0n2)
    throw new Error("pow2: expected non-negative exponent, got " + power);
  let res = x2;
  while (power-- > _0n2) {
    res *= res;
    res %= modulo;
  }
  return res;
}
function invert(number2, modulo) {
  if (number2 === _0n2)
    throw new Error("invert: expected non-zero number");
  if (modulo <= _1n2)
    throw new Error("invert: expected modulus > 1, got " + modulo);
  let a4 = mod(number2, modulo);
  let b2 = modulo;
  let x2 = _0n2, u3 = _1n2;
  while (a4 !== _0n2) {
    const q2 = b2 / a4;
    const r3 = b2 - a4 * q2;
    const m3 = x2 - u3 * q2;
    b2 = a4, a4 = r3, x2 = u3, u3 = m3;
  }
  const gcd = b2;
  if (gcd !== _1n2)
    throw new Error("invert: does not exist");
  return mod(x2, modulo);
}
function invertCt(a4, prime) {
  if (prime <= _1n2)
    throw new Error("invertCt: expected prime modulus > 1, got " + prime);
  const an = mod(a4, prime);
  if (an === _0n2)
    throw new Error("invertCt: expected non-zero number");
  const inverse = pow(an, prime - _2n, prime);
  if (mod(an * inverse, prime) !== _1n2)
    throw new Error("invertCt: does not exist");
  return inverse;
}
function assertIsSquare(Fp, root, n2) {
  const F3 = Fp;
  if (!F3.eql(F3.sqr(root), n2))
    throw new Error("Cannot find square root");
}
function aoddModulus(order, fnName) {
  if ((order & _1n2) === _0n2)
    throw new Error(fnName + ": expected odd modulus, got " + order);
}
function sqrt3mod4(Fp, n2) {
  const F3 = Fp;
  const p1div4 = (F3.ORDER + _1n2) / _4n;
  const root = F3.pow(n2, p1div4);
  assertIsSquare(F3, root, n2);
  return root;
}
function sqrt5mod8(Fp, n2) {
  const F3 = Fp;
  const p5div8 = (F3.ORDER - _5n) / _8n;
  const n22 = F3.mul(n2, _2n);
  const v3 = F3.pow(n22, p5div8);
  const nv = F3.mul(n2, v3);
  const i3 = F3.mul(F3.mul(nv, _2n), v3);
  const root = F3.mul(nv, F3.sub(i3, F3.ONE));
  assertIsSquare(F3, root, n2);
  return root;
}
function sqrt9mod16(P3) {
  const Fp_ = Field(P3);
  const tn = tonelliShanks(P3);
  const c1 = tn(Fp_, Fp_.neg(Fp_.ONE));
  const c22 = tn(Fp_, c1);
  const c3 = tn(Fp_, Fp_.neg(c1));
  const c4 = (P3 + _7n) / _16n;
  return ((Fp, n2) => {
    const F3 = Fp;
    let tv1 = F3.pow(n2, c4);
    let tv2 = F3.mul(tv1, c1);
    const tv3 = F3.mul(tv1, c22);
    const tv4 = F3.mul(tv1, c3);
    const e1 = F3.eql(F3.sqr(tv2), n2);
    const e22 = F3.eql(F3.sqr(tv3), n2);
    tv1 = F3.cmov(tv1, tv2, e1);
    tv2 = F3.cmov(tv4, tv3, e22);
    const e3 = F3.eql(F3.sqr(tv2), n2);
    const root = F3.cmov(tv1, tv2, e3);
    assertIsSquare(F3, root, n2);
    return root;
  });
}
function tonelliShanks(P3) {
  if (P3 < _3n)
    throw new Error("sqrt is not defined for small field");
  aoddModulus(P3, "tonelliShanks");
  let Q2 = P3 - _1n2;
  let S2 = 0;
  while (Q2 % _2n === _0n2) {
    Q2 /= _2n;
    S2++;
  }
  let Z = _2n;
  const _Fp = Field(P3);
  while (FpLegendre(_Fp, Z) === 1) {
    if (Z++ > 1e3)
      throw new Error("Cannot find square root: probably non-prime P");
  }
  if (S2 === 1)
    return sqrt3mod4;
  let cc = _Fp.pow(Z, Q2);
  const Q1div2 = (Q2 + _1n2) / _2n;
  return function tonelliSlow(Fp, n2) {
    const F3 = Fp;
    if (F3.is0(n2))
      return n2;
    if (FpLegendre(F3, n2) !== 1)
      throw new Error("Cannot find square root");
    let M = S2;
    let c3 = F3.mul(F3.ONE, cc);
    let t3 = F3.pow(n2, Q2);
    let R = F3.pow(n2, Q1div2);
    while (!F3.eql(t3, F3.ONE)) {
      if (F3.is0(t3))
        throw new Error("Cannot find square root: probably non-prime P");
      let i3 = 1;
      let t_tmp = F3.sqr(t3);
      while (!F3.eql(t_tmp, F3.ONE)) {
        i3++;
        t_tmp = F3.sqr(t_tmp);
        if (i3 === M)
          throw new Error("Cannot find square root");
      }
      const exponent = _1n2 << BigInt(M - i3 - 1);
      const b2 = F3.pow(c3, exponent);
      M = i3;
      c3 = F3.sqr(b2);
      t3 = F3.mul(t3, c3);
      R = F3.mul(R, b2);
    }
    return R;
  };
}
function FpSqrt(P3) {
  aoddModulus(P3, "Fp.sqrt");
  if (P3 % _4n === _3n)
    return sqrt3mod4;
  if (P3 % _8n === _5n)
    return sqrt5mod8;
  if (P3 % _16n === _9n)
    return sqrt9mod16(P3);
  return tonelliShanks(P3);
}
var FIELD_FIELDS = [
  "create",
  "isValid",
  "is0",
  "neg",
  "inv",
  "sqrt",
  "sqr",
  "eql",
  "add",
  "sub",
  "mul",
  "pow",
  "div",
  "addN",
  "subN",
  "mulN",
  "sqrN"
];
function validateField(field) {
  aobject2(field, "field");
  if (typeof field.ORDER !== "bigint")
    throw new TypeError('param "ORDER" is invalid: expected bigint, got ' + typeof field.ORDER);
  asafenumber(field.BYTES, "BYTES");
  asafenumber(field.BITS, "BITS");
  for (const name of FIELD_FIELDS)
    afunction(field[name], "field." + name);
  if (field.BYTES < 1 || field.BITS < 1)
    throw new Error("invalid field: expected BYTES/BITS > 0");
  if (field.ORDER <= _1n2)
    throw new Error("invalid field: expected ORDER > 1, got " + field.ORDER);
  return field;
}
function FpInvertBatch(Fp, nums, passZero = false) {
  validateField(Fp);
  aarray(nums, "nums");
  abool(passZero, "passZero");
  const F3 = Fp;
  const inverted = new Array(nums.length).fill(passZero ? F3.ZERO : void 0);
  const multipliedAcc = nums.reduce((acc, num, i3) => {
    if (F3.is0(num))
      return acc;
    inverted[i3] = acc;
    return F3.mul(acc, num);
  }, F3.ONE);
  const invertedAcc = F3.inv(multipliedAcc);
  nums.reduceRight((acc, num, i3) => {
    if (F3.is0(num))
      return acc;
    inverted[i3] = F3.mul(acc, inverted[i3]);
    return F3.mul(acc, num);
  }, invertedAcc);
  return inverted;
}
function FpLegendre(Fp, n2) {
  validateField(Fp);
  const F3 = Fp;
  aoddModulus(F3.ORDER, "FpLegendre");
  const p1mod2 = (F3.ORDER - _1n2) / _2n;
  const powered = F3.pow(n2, p1mod2);
  const yes = F3.eql(powered, F3.ONE);
  const zero = F3.eql(powered, F3.ZERO);
  const no = F3.eql(powered, F3.neg(F3.ONE));
  if (!yes && !zero && !no)
    throw new Error("invalid Legendre symbol result");
  return yes ? 1 : zero ? 0 : -1;
}
function nLength(n2, nBitLength) {
  if (nBitLength !== void 0)
    anumber2(nBitLength);
  if (n2 <= _0n2)
    throw new Error("invalid n length: expected positive n, got " + n2);
  if (nBitLength !== void 0 && nBitLength < 1)
    throw new Error("invalid n length: expected positive bit length, got " + nBitLength);
  const bits = bitLen(n2);
  if (nBitLength !== void 0 && nBitLength < bits)
    throw new Error(`invalid n length: expected nBitLength (${nBitLength}) >= bitLen(n) (${bits})`);
  const _nBitLength = nBitLength !== void 0 ? nBitLength : bits;
  const nByteLength = Math.ceil(_nBitLength / 8);
  return { nBitLength: _nBitLength, nByteLength };
}
var FIELD_SQRT = /* @__PURE__ */ new WeakMap();
var _Field = class {
  ORDER;
  BITS;
  BYTES;
  isLE;
  ZERO = _0n2;
  ONE = _1n2;
  _lengths;
  _mod;
  constructor(ORDER, opts = {}) {
    if (ORDER <= _1n2)
      throw new Error("invalid field: expected ORDER > 1, got " + ORDER);
    let _nbitLength = void 0;
    this.isLE = false;
    if (opts != null && typeof opts === "object") {
      if (typeof opts.BITS === "number")
        _nbitLength = opts.BITS;
      if (typeof opts.sqrt === "function")
        Object.defineProperty(this, "sqrt", { value: opts.sqrt, enumerable: true });
      if (typeof opts.isLE === "boolean")
        this.isLE = opts.isLE;
      if (opts.allowedLengths)
        this._lengths = Object.freeze(opts.allowedLengths.slice());
      if (typeof opts.modFromBytes === "boolean")
        this._mod = opts.modFromBytes;
    }
    const { nBitLength, nByteLength } = nLength(ORDER, _nbitLength);
    if (nByteLength > 2048)
      throw new Error("invalid field: expected ORDER of <= 2048 bytes");
    this.ORDER = ORDER;
    this.BITS = nBitLength;
    this.BYTES = nByteLength;
    Object.freeze(this);
  }
  create(num) {
    return mod(num, this.ORDER);
  }
  isValid(num) {
    if (typeof num !== "bigint")
      throw new TypeError("invalid field element: expected bigint, got " + typeof num);
    return _0n2 <= num && num < this.ORDER;
  }
  is0(num) {
    return num === _0n2;
  }
  // is valid and invertible
  isValidNot0(num) {
    return !this.is0(num) && this.isValid(num);
  }
  isOdd(num) {
    return (num & _1n2) === _1n2;
  }
  neg(num) {
    return mod(-num, this.ORDER);
  }
  eql(lhs, rhs) {
    return lhs === rhs;
  }
  sqr(num) {
    return mod(num * num, this.ORDER);
  }
  add(lhs, rhs) {
    return mod(lhs + rhs, this.ORDER);
  }
  sub(lhs, rhs) {
    return mod(lhs - rhs, this.ORDER);
  }
  mul(lhs, rhs) {
    return mod(lhs * rhs, this.ORDER);
  }
  pow(num, power) {
    return pow(num, power, this.ORDER);
  }
  div(lhs, rhs) {
    return mod(lhs * invert(rhs, this.ORDER), this.ORDER);
  }
  // Same as above, but doesn't normalize
  sqrN(num) {
    return num * num;
  }
  addN(lhs, rhs) {
    return lhs + rhs;
  }
  subN(lhs, rhs) {
    return lhs - rhs;
  }
  mulN(lhs, rhs) {
    return lhs * rhs;
  }
  inv(num) {
    return invert(num, this.ORDER);
  }
  sqrt(num) {
    let sqrt = FIELD_SQRT.get(this);
    if (!sqrt)
      FIELD_SQRT.set(this, sqrt = FpSqrt(this.ORDER));
    return sqrt(this, num);
  }
  toBytes(num) {
    return this.isLE ? numberToBytesLE(num, this.BYTES) : numberToBytesBE(num, this.BYTES);
  }
  fromBytes(bytes, skipValidation = false) {
    abytes2(bytes);
    const { _lengths: allowedLengths, BYTES, isLE: isLE2, ORDER, _mod: modFromBytes } = this;
    if (allowedLengths) {
      if (bytes.length < 1 || !allowedLengths.includes(bytes.length) || bytes.length > BYTES) {
        throw new Error("Field.fromBytes: expected " + allowedLengths + " bytes, got " + bytes.length);
      }
      const padded = new Uint8Array(BYTES);
      padded.set(bytes, isLE2 ? 0 : padded.length - bytes.length);
      bytes = padded;
    }
    if (bytes.length !== BYTES)
      throw new Error("Field.fromBytes: expected " + BYTES + " bytes, got " + bytes.length);
    let scalar = isLE2 ? bytesToNumberLE(bytes) : bytesToNumberBE(bytes);
    if (modFromBytes)
      scalar = mod(scalar, ORDER);
    if (!skipValidation) {
      if (!this.isValid(scalar))
        throw new Error("invalid field element: outside of range 0..ORDER");
    }
    return scalar;
  }
  // TODO: we don't need it here, move out to separate fn
  invertBatch(lst) {
    return FpInvertBatch(this, lst, true);
  }
  // We can't move this out because Fp6, Fp12 implement it
  // and it's unclear what to return in there.
  cmov(a4, b2, condition) {
    abool(condition, "condition");
    return condition ? b2 : a4;
  }
};
function Field(ORDER, opts = {}) {
  Object.freeze(_Field.prototype);
  return new _Field(ORDER, opts);
}
function getFieldBytesLength(fieldOrder) {
  if (typeof fieldOrder !== "bigint")
    throw new Error("field order must be bigint");
  if (fieldOrder <= _1n2)
    throw new Error("field order must be greater than 1");
  const bitLength = bitLen(fieldOrder - _1n2);
  return Math.ceil(bitLength / 8);
}
function getMinHashLength(fieldOrder) {
  const length = getFieldBytesLength(fieldOrder);
  return length + Math.ceil(length / 2);
}
function mapHashToField(key, fieldOrder, isLE2 = false) {
  abytes2(key);
  const len = key.length;
  const fieldLen = getFieldBytesLength(fieldOrder);
  const minLen = Math.max(getMinHashLength(fieldOrder), 16);
  if (len < minLen || len > 1024)
    throw new Error("expected " + minLen + "-1024 bytes of input, got " + len);
  const num = isLE2 ? bytesToNumberLE(key) : bytesToNumberBE(key);
  const reduced = mod(num, fieldOrder - _1n2) + _1n2;
  return isLE2 ? numberToBytesLE(reduced, fieldLen) : numberToBytesBE(reduced, fieldLen);
}

// node_modules/@noble/curves/abstract/curve.js
/*! noble-curves - MIT License (c) 2022 Paul Miller (paulmillr.com) */
var _0n3 = /* @__PURE__ */ BigInt(0);
var _1n3 = /* @__PURE__ */ BigInt(1);
var _4n2 = /* @__PURE__ */ BigInt(4);
var BLIND_BYTES = 16;
var BLIND_BITS = 128;
var FW_WINDOW = 5;
var TABLE_BYTES_MAX = /* @__PURE__ */ (() => 2 ** 31)();
function validatePointCons(Point) {
  const pc = Point;
  if (typeof pc !== "function")
    throw new TypeError('"Point" expected constructor, got type=' + typeof Point);
  afunction(pc.fromAffine, "Point.fromAffine");
  afunction(pc.fromBytes, "Point.fromBytes");
  afunction(pc.fromHex, "Point.fromHex");
  aobject2(pc.BASE, "Point.BASE");
  aobject2(pc.ZERO, "Point.ZERO");
  validateField(pc.Fp);
  validateField(pc.Fn);
}
function normalizeZ(c3, points) {
  validatePointCons(c3);
  validateMSMPoints(points, c3);
  const invertedZs = FpInvertBatch(c3.Fp, points.map((p3) => p3.Z));
  return points.map((p3, i3) => c3.fromAffine(p3.toAffine(invertedZs[i3])));
}
function validateW(W, bits, min = 1) {
  if (!Number.isSafeInteger(W) || W < min || W > bits)
    throw new Error("invalid window size, expected [" + min + ".." + bits + "], got W=" + W);
}
function validateTableBytes(numPoints, fpBytes) {
  const bytes = numPoints * (4 * fpBytes + 128);
  if (bytes > TABLE_BYTES_MAX)
    throw new Error("invalid window size: table would need ~" + Math.ceil(bytes / 2 ** 20) + " MiB, max " + TABLE_BYTES_MAX / 2 ** 20 + " MiB");
}
function probeRandomBytes(randomBytes3, length) {
  if (randomBytes3 === void 0)
    return void 0;
  afunction(randomBytes3, "randomBytes");
  try {
    const probe = randomBytes3(length);
    if (!isBytes2(probe) || probe.length !== length)
      return void 0;
  } catch {
    return void 0;
  }
  return randomBytes3;
}
function validateMSMPoints(points, c3) {
  aarray(points, "points");
  points.forEach((p3, i3) => {
    if (!(p3 instanceof c3))
      throw new Error("invalid point at index " + i3);
  });
}
function validateMSMScalars(scalars, field, maxScalar) {
  if (!Array.isArray(scalars))
    throw new Error("array of scalars expected");
  scalars.forEach((s3, i3) => {
    const ok = maxScalar === void 0 ? field.isValid(s3) : isPosBig(s3) && s3 < maxScalar;
    if (!ok)
      throw new Error("invalid scalar at index " + i3);
  });
}
var pointWindowSizes = /* @__PURE__ */ new WeakMap();
function getWindowSize(P3) {
  return pointWindowSizes.get(P3) || 1;
}
function oddMultiples(p3, size2) {
  const dbl = p3.double();
  const t3 = [p3];
  for (let j2 = 1; j2 < size2; j2++)
    t3.push(t3[j2 - 1].add(dbl));
  return t3;
}
function wnafDigits(n2, W) {
  const size2 = 2 ** W;
  const half = size2 / 2;
  const mask = BigInt(size2 - 1);
  const d3 = [];
  while (n2 > _0n3) {
    let w3 = 0;
    if (n2 & _1n3) {
      w3 = Number(n2 & mask);
      if (w3 >= half)
        w3 -= size2;
      n2 -= BigInt(w3);
    }
    d3.push(w3);
    n2 >>= _1n3;
  }
  return d3;
}
function signedWindowDigits(n2, W, windows) {
  const size2 = 2 ** W;
  const half = size2 / 2;
  const mask = BigInt(size2 - 1);
  const shiftBy = BigInt(W);
  const d3 = [];
  for (let w3 = 0; w3 < windows; w3++) {
    let v3 = Number(n2 & mask);
    n2 >>= shiftBy;
    if (v3 > half) {
      v3 -= size2;
      n2 += _1n3;
    }
    d3.push(v3);
  }
  if (n2 !== _0n3)
    throw new Error("invalid wnaf");
  return d3;
}
function wnafWalk(zero, tables, digits) {
  let max = 0;
  for (const d3 of digits)
    max = Math.max(max, d3.length);
  let acc = zero;
  for (let bit = max - 1; bit >= 0; bit--) {
    if (bit !== max - 1)
      acc = acc.double();
    for (let i3 = 0; i3 < digits.length; i3++) {
      const w3 = digits[i3][bit];
      if (w3) {
        const item = tables[i3][Math.abs(w3) - 1 >> 1];
        acc = acc.add(w3 < 0 ? item.negate() : item);
      }
    }
  }
  return acc;
}
var ScalarMultiplier = class {
  Point;
  BASE;
  ZERO;
  randomBytes;
  wnafPrecomputes = /* @__PURE__ */ new WeakMap();
  baseCanBeBlinded;
  bits;
  // Parametrized with a given Point class (not individual point)
  constructor(Point, randomBytes3) {
    validatePointCons(Point);
    this.randomBytes = probeRandomBytes(randomBytes3, BLIND_BYTES);
    this.Point = Point;
    this.BASE = Point.BASE;
    this.ZERO = Point.ZERO;
    this.bits = Point.Fn.BITS;
  }
  /**
   * Creates a signed fixed-window wNAF precomputation table: for every window w, the
   * multiples `[1..2^(W−1)]⋅2^(w⋅W)⋅P`, flattened. All doublings are baked into the table,
   * so cached multiplication is additions-only. `windows = ceil(bits/W) + 1`: the extra
   * window absorbs the final carry of signed-digit recoding.
   * For a 256-bit curve and W=6, the table is 44⋅32 = 1408 points.
   * @param point - Point instance
   * @param W - window size
   * @param bits - scalar bitlength the table must cover
   */
  buildWnafTable(point, W, bits) {
    const windows = Math.ceil(bits / W) + 1;
    const half = 2 ** (W - 1);
    const comp = [];
    let base = point;
    for (let w3 = 0; w3 < windows; w3++) {
      let acc = base;
      for (let i3 = 0; i3 < half; i3++) {
        comp.push(acc);
        acc = acc.add(base);
      }
      base = comp[comp.length - 1].double();
    }
    return { W, bits, windows, comp };
  }
  /**
   * Implements ec multiplication using precomputed signed fixed-window wNAF tables.
   * Constant-time: fixed window count with one table addition per window — zero digits feed
   * the fake accumulator — and no doublings; the lookup scans the whole window slice.
   * Scalar bounds are validated by the public entry points ({@link ScalarMultiplier.mulCT},
   * {@link ScalarMultiplier.mulCTBlinded}, {@link ScalarMultiplier.mulUnsafe});
   * signedWindowDigits throws if `n` exceeds the table.
   * @returns real and fake (for const-time) points
   */
  wnafCachedCT(precomputes, n2) {
    const { W, windows, comp } = precomputes;
    const half = 2 ** (W - 1);
    const digits = signedWindowDigits(n2, W, windows);
    let p3 = this.ZERO;
    let f4 = this.BASE;
    for (let w3 = 0; w3 < windows; w3++) {
      const digit = digits[w3];
      const start = w3 * half;
      const idx = Math.abs(digit) - 1;
      let sel = comp[start];
      for (let i3 = 1; i3 < half; i3++)
        sel = i3 === idx ? comp[start + i3] : sel;
      const neg = sel.negate();
      if (digit === 0)
        f4 = f4.add(comp[start]);
      else
        p3 = p3.add(digit < 0 ? neg : sel);
    }
    return { p: p3, f: f4 };
  }
  // Cache key is point identity plus (W, bits); at most two entries exist per point (public-width
  // `Fn.BITS` and blinded `Fn.BITS + BLIND_BITS`). Callers must not reuse the same point with
  // incompatible `transform(...)` layouts and expect a separate cache entry.
  getWnafPrecomputes(W, point, bits, transform) {
    let entries = this.wnafPrecomputes.get(point);
    let comp = entries?.find((entry) => entry.W === W && entry.bits === bits);
    if (!comp) {
      comp = this.buildWnafTable(point, W, bits);
      if (typeof transform === "function")
        comp = { ...comp, comp: transform(comp.comp) };
      if (!entries) {
        entries = [];
        this.wnafPrecomputes.set(point, entries);
      }
      entries.push(comp);
    }
    return comp;
  }
  assertPoint(point) {
    if (!(point instanceof this.Point))
      throw new TypeError('"point" expected Point instance, got type=' + typeof point);
  }
  // Shared prologue of the constant-time entry points. Rejects scalar 0: in key/signature-style
  // callers a zero scalar means broken upstream plumbing, and concrete Points already reject it.
  // Uses inRange instead of Fn.isValidNot0: validateField() only certifies the arithmetic subset.
  validateMulInput(point, scalar) {
    this.assertPoint(point);
    if (!inRange(scalar, _1n3, this.Point.Fn.ORDER))
      throw new Error("invalid scalar");
  }
  // Constant-time dispatch shared by mulCT / mulCTBlinded. Un-precomputed points (W===1, e.g.
  // ECDH peer keys) skip building a throwaway cached table in favor of a small fixed-window
  // multiply. `n` must be < 2^bits.
  runCT(point, n2, bits, transform) {
    const W = getWindowSize(point);
    if (W === 1)
      return this.fixedWindowCT(point, n2, bits);
    return this.wnafCachedCT(this.getWnafPrecomputes(W, point, bits, transform), n2);
  }
  mulCT(point, scalar, transform) {
    this.validateMulInput(point, scalar);
    return this.runCT(point, scalar, this.bits, transform);
  }
  mulCTBlinded(point, scalar, transform) {
    this.validateMulInput(point, scalar);
    if (this.randomBytes === void 0)
      throw new Error("randomBytes is required for scalar blinding");
    const bits = this.Point.Fn.BITS + BLIND_BITS;
    const blind = this.randomBytes(BLIND_BYTES);
    if (!isBytes2(blind) || blind.length !== BLIND_BYTES)
      throw new Error("randomBytes returned invalid byte array");
    blind[0] = blind[0] & 63 | 128;
    const n2 = scalar + bytesToNumberBE(blind) * this.Point.Fn.ORDER;
    return this.runCT(point, n2, bits, transform);
  }
  /**
   * Constant-time multiplication `n*point` for an un-precomputed point, via a small fixed window.
   * A cached wNAF table only pays off when reused; a flat 2^FW_WINDOW table (`size-1` adds) is
   * far cheaper to build for a single use. The point-operation sequence is independent of `n`:
   * build the table, then per window exactly FW_WINDOW doublings, a data-oblivious scan over
   * every table entry, and one addition (adds the identity when the window digit is 0 — never
   * skipped).
   *
   * `n` must be `< 2^bits`. Assumes complete addition (adding the identity costs the same as any
   * add), which holds for the Weierstrass/Edwards point types used here. The table is left in
   * projective form (no normalizeZ): normalizing this small a table costs more than the
   * mixed-add savings it would buy for a single multiply.
   * @returns real point `p`; `f` duplicates it only to match {@link wnafCachedCT}'s return shape
   * (this path needs no fake accumulator — its op-count is already scalar-independent).
   */
  fixedWindowCT(point, n2, bits) {
    const W = FW_WINDOW;
    const size2 = 1 << W;
    const mask = bitMask(W);
    const table = new Array(size2);
    table[0] = this.ZERO;
    for (let i3 = 1; i3 < size2; i3++)
      table[i3] = table[i3 - 1].add(point);
    const windows = Math.ceil(bits / W);
    let acc = this.ZERO;
    for (let window2 = windows - 1; window2 >= 0; window2--) {
      if (window2 !== windows - 1)
        for (let d3 = 0; d3 < W; d3++)
          acc = acc.double();
      const digit = Number(n2 >> BigInt(window2 * W) & mask);
      let sel = table[0];
      for (let i3 = 1; i3 < size2; i3++)
        sel = i3 === digit ? table[i3] : sel;
      acc = acc.add(sel);
    }
    return { p: acc, f: acc };
  }
  shouldBlind(point, cofactor) {
    if (this.randomBytes === void 0)
      return false;
    if (cofactor === _1n3)
      return true;
    if (point !== this.BASE)
      return false;
    if (this.baseCanBeBlinded === void 0)
      this.baseCanBeBlinded = this.mulUnsafe(this.BASE, this.Point.Fn.ORDER).is0();
    return this.baseCanBeBlinded;
  }
  mulSecret(point, scalar, cofactor, transform) {
    return this.shouldBlind(point, cofactor) ? this.mulCTBlinded(point, scalar, transform) : this.mulCT(point, scalar, transform);
  }
  mulUnsafe(point, scalar, transform) {
    this.assertPoint(point);
    if (!isPosBig(scalar))
      throw new Error("invalid scalar");
    const W = getWindowSize(point);
    if (W === 1 || scalar >= this.Point.Fn.ORDER)
      return mulAddUnsafe(this.Point, [point], [scalar], true);
    const precomputes = this.getWnafPrecomputes(W, point, this.bits, transform);
    return this.wnafCachedCT(precomputes, scalar).p;
  }
  // Remembers the window size used for precomputed wNAF multiplication of the given point
  // and drops any previously built tables. Usually only the base point is precomputed.
  // W=1 resets the point to the un-precomputed (table-less) paths.
  // W is additionally capped so tables stay under ~2 GiB ({@link TABLE_BYTES_MAX}).
  setWindowSize(point, W) {
    this.assertPoint(point);
    validateW(W, this.bits);
    const windows = Math.ceil((this.bits + BLIND_BITS) / W) + 1;
    validateTableBytes(windows * 2 ** (W - 1), this.Point.Fp.BYTES);
    pointWindowSizes.set(point, W);
    this.wnafPrecomputes.delete(point);
  }
  // True when a window size is set: tables themselves are built lazily on first multiply.
  hasWindowSize(point) {
    return getWindowSize(point) !== 1;
  }
};
function mulAddUnsafe(c3, points, scalars, allowOversized = false) {
  validatePointCons(c3);
  validateMSMPoints(points, c3);
  abool(allowOversized, "allowOversized");
  validateMSMScalars(scalars, c3.Fn, allowOversized ? c3.Fn.ORDER ** _4n2 : void 0);
  if (points.length !== scalars.length)
    throw new Error("arrays of points and scalars must have equal length");
  const tables = points.map((p3) => oddMultiples(p3, 4));
  const digits = scalars.map((n2) => wnafDigits(n2, 4));
  return wnafWalk(c3.ZERO, tables, digits);
}
function createField(order, field, isLE2) {
  if (field) {
    if (field.ORDER !== order)
      throw new Error("Field.ORDER must match order: Fp == p, Fn == n");
    validateField(field);
    return field;
  } else {
    return Field(order, { isLE: isLE2 });
  }
}
function createCurveFields(type, CURVE, curveOpts = {}, FpFnLE) {
  if (type !== "weierstrass" && type !== "edwards")
    throw new Error('expected curve type "weierstrass" or "edwards"');
  if (FpFnLE === void 0)
    FpFnLE = type === "edwards";
  if (!CURVE || typeof CURVE !== "object")
    throw new Error(`expected valid ${type} CURVE object`);
  validateObject(curveOpts);
  for (const p3 of ["p", "n", "h"]) {
    const val = CURVE[p3];
    if (!(isPosBig(val) && val !== _0n3))
      throw new Error(`CURVE.${p3} must be positive bigint`);
  }
  const Fp = createField(CURVE.p, curveOpts.Fp, FpFnLE);
  const Fn = createField(CURVE.n, curveOpts.Fn, FpFnLE);
  const _b = type === "weierstrass" ? "b" : "d";
  const params = ["Gx", "Gy", "a", _b];
  for (const p3 of params) {
    if (!Fp.isValid(CURVE[p3]))
      throw new Error(`CURVE.${p3} must be valid field element of CURVE.Fp`);
  }
  CURVE = Object.freeze(Object.assign({}, CURVE));
  return { CURVE, Fp, Fn };
}
function createKeygen(randomSecretKey, getPublicKey) {
  return function keygen(seed) {
    const secretKey = randomSecretKey(seed);
    return { secretKey, publicKey: getPublicKey(secretKey) };
  };
}

// node_modules/@noble/curves/abstract/der.js
/*! noble-curves - MIT License (c) 2022 Paul Miller (paulmillr.com) */
var _0n4 = /* @__PURE__ */ BigInt(0);
var DERErr = class extends Error {
  constructor(m3 = "") {
    super(m3);
  }
};
var _DER = {
  // asn.1 DER encoding utils
  Err: DERErr,
  // Basic building block is TLV (Tag-Length-Value)
  _tlv: {
    encode: (tag, data) => {
      const { Err: E3 } = _DER;
      asafenumber(tag, "tag");
      if (tag < 0 || tag > 255)
        throw new E3("tlv.encode: wrong tag");
      astring(data, "data");
      if (data.length & 1)
        throw new E3("tlv.encode: unpadded data");
      const dataLen = data.length / 2;
      const len = numberToHexUnpadded(dataLen);
      if (len.length / 2 & 128)
        throw new E3("tlv.encode: long form length too big");
      const lenLen = dataLen > 127 ? numberToHexUnpadded(len.length / 2 | 128) : "";
      const t3 = numberToHexUnpadded(tag);
      return t3 + lenLen + len + data;
    },
    // v - value, l - left bytes (unparsed)
    decode(tag, data) {
      const { Err: E3 } = _DER;
      data = abytes2(data, void 0, "DER data");
      let pos = 0;
      if (tag < 0 || tag > 255)
        throw new E3("tlv.decode: wrong tag");
      if (data.length < 2 || data[pos++] !== tag)
        throw new E3("tlv.decode: wrong tlv");
      const first2 = data[pos++];
      const isLong = !!(first2 & 128);
      let length = 0;
      if (!isLong)
        length = first2;
      else {
        const lenLen = first2 & 127;
        if (!lenLen)
          throw new E3("tlv.decode(long): indefinite length not supported");
        if (lenLen > 4)
          throw new E3("tlv.decode(long): byte length is too big");
        const lengthBytes = data.subarray(pos, pos + lenLen);
        if (lengthBytes.length !== lenLen)
          throw new E3("tlv.decode: length bytes not complete");
        if (lengthBytes[0] === 0)
          throw new E3("tlv.decode(long): zero leftmost byte");
        for (const b2 of lengthBytes)
          length = length << 8 | b2;
        pos += lenLen;
        if (length < 128)
          throw new E3("tlv.decode(long): not minimal encoding");
      }
      const v3 = data.subarray(pos, pos + length);
      if (v3.length !== length)
        throw new E3("tlv.decode: wrong value length");
      return { v: v3, l: data.subarray(pos + length) };
    }
  },
  // https://crypto.stackexchange.com/a/57734 Leftmost bit of first byte is 'negative' flag,
  // since we always use positive integers here. It must always be empty:
  // - add zero byte if exists
  // - if next byte doesn't have a flag, leading zero is not allowed (minimal encoding)
  _int: {
    encode(num) {
      const { Err: E3 } = _DER;
      abignumber(num);
      if (num < _0n4)
        throw new E3("integer: negative integers are not allowed");
      let hex = numberToHexUnpadded(num);
      if (Number.parseInt(hex[0], 16) & 8)
        hex = "00" + hex;
      if (hex.length & 1)
        throw new E3("unexpected DER parsing assertion: unpadded hex");
      return hex;
    },
    decode(data) {
      const { Err: E3 } = _DER;
      if (data.length < 1)
        throw new E3("invalid signature integer: empty");
      if (data[0] & 128)
        throw new E3("invalid signature integer: negative");
      if (data.length > 1 && data[0] === 0 && !(data[1] & 128))
        throw new E3("invalid signature integer: unnecessary leading zero");
      return bytesToNumberBE(data);
    }
  },
  toSig(bytes, maxScalarBytes) {
    const { Err: E3, _int: int, _tlv: tlv } = _DER;
    if (maxScalarBytes !== void 0) {
      asafenumber(maxScalarBytes, "maxScalarBytes");
      if (maxScalarBytes < 1)
        throw new E3("invalid signature: maxScalarBytes must be positive");
    }
    const data = abytes2(bytes, void 0, "signature");
    const { v: seqBytes, l: seqLeftBytes } = tlv.decode(48, data);
    if (seqLeftBytes.length)
      throw new E3("invalid signature: left bytes after parsing");
    const { v: rBytes, l: rLeftBytes } = tlv.decode(2, seqBytes);
    const { v: sBytes, l: sLeftBytes } = tlv.decode(2, rLeftBytes);
    if (sLeftBytes.length)
      throw new E3("invalid signature: left bytes after parsing");
    if (maxScalarBytes !== void 0 && (rBytes.length > maxScalarBytes || sBytes.length > maxScalarBytes))
      throw new E3("invalid signature: integer too large");
    return { r: int.decode(rBytes), s: int.decode(sBytes) };
  },
  hexFromSig(sig) {
    const { _tlv: tlv, _int: int } = _DER;
    validateObject(sig, { r: "bigint", s: "bigint" }, {}, "sig");
    const rs = tlv.encode(2, int.encode(sig.r));
    const ss = tlv.encode(2, int.encode(sig.s));
    const seq = rs + ss;
    return tlv.encode(48, seq);
  }
};
var DER = /* @__PURE__ */ (() => {
  Object.freeze(_DER._tlv);
  Object.freeze(_DER._int);
  return Object.freeze(_DER);
})();

// node_modules/@noble/curves/abstract/weierstrass.js
/*! noble-curves - MIT License (c) 2022 Paul Miller (paulmillr.com) */
var divNearest = (num, den) => (num + (num >= 0 ? den : -den) / _2n2) / den;
function _splitEndoScalar(k2, basis, n2) {
  aInRange("scalar", k2, _0n5, n2);
  const [[a1, b1], [a22, b2]] = basis;
  const c1 = divNearest(b2 * k2, n2);
  const c22 = divNearest(-b1 * k2, n2);
  let k1 = k2 - c1 * a1 - c22 * a22;
  let k22 = -c1 * b1 - c22 * b2;
  const k1neg = k1 < _0n5;
  const k2neg = k22 < _0n5;
  if (k1neg)
    k1 = -k1;
  if (k2neg)
    k22 = -k22;
  const MAX_NUM = bitMask(Math.ceil(bitLen(n2) / 2)) + _1n4;
  if (k1 < _0n5 || k1 >= MAX_NUM || k22 < _0n5 || k22 >= MAX_NUM) {
    throw new Error("splitScalar (endomorphism): failed for k");
  }
  return { k1neg, k1, k2neg, k2: k22 };
}
function validateSigFormat(format) {
  if (!["compact", "recovered", "der"].includes(format))
    throw new Error('Signature format must be "compact", "recovered", or "der"');
  return format;
}
function validateSigOpts(opts, def) {
  validateObject(opts);
  const optsn = {};
  for (let optName of Object.keys(def)) {
    optsn[optName] = opts[optName] === void 0 ? def[optName] : opts[optName];
  }
  abool(optsn.lowS, "lowS");
  abool(optsn.prehash, "prehash");
  if (optsn.format !== void 0)
    validateSigFormat(optsn.format);
  return optsn;
}
var _0n5 = /* @__PURE__ */ BigInt(0);
var _1n4 = /* @__PURE__ */ BigInt(1);
var _2n2 = /* @__PURE__ */ BigInt(2);
var _3n2 = /* @__PURE__ */ BigInt(3);
var _4n3 = /* @__PURE__ */ BigInt(4);
function weierstrass(params, extraOpts = {}) {
  const validated = createCurveFields("weierstrass", params, extraOpts);
  const Fp = validated.Fp;
  const Fn = validated.Fn;
  let CURVE = validated.CURVE;
  const { h: cofactor, n: CURVE_ORDER } = CURVE;
  validateObject(extraOpts, {}, {
    allowInfinityPoint: "boolean",
    clearCofactor: "function",
    isTorsionFree: "function",
    fromBytes: "function",
    toBytes: "function",
    endo: "object",
    randomBytes: "function"
  });
  const { endo: endoOpts, allowInfinityPoint, clearCofactor, isTorsionFree, fromBytes, toBytes } = extraOpts;
  const randomBytes3 = extraOpts.randomBytes === void 0 ? randomBytes2 : extraOpts.randomBytes;
  if (endoOpts) {
    if (!Fp.is0(CURVE.a) || typeof endoOpts.beta !== "bigint" || !Array.isArray(endoOpts.basises)) {
      throw new Error('invalid endo: expected "beta": bigint and "basises": array');
    }
  }
  const endo = endoOpts ? {
    beta: endoOpts.beta,
    basises: endoOpts.basises.map((basis) => [...basis])
  } : void 0;
  const lengths = getWLengths(Fp, Fn);
  function assertCompressionIsSupported() {
    if (!Fp.isOdd)
      throw new Error("compression is not supported: Field does not have .isOdd()");
  }
  function pointToBytes(_c, point, isCompressed) {
    if (point.is0()) {
      if (!allowInfinityPoint)
        throw new Error("bad point: ZERO");
      return Uint8Array.of(0);
    }
    const { x: x2, y: y3 } = point.toAffine();
    const bx = Fp.toBytes(x2);
    abool(isCompressed, "isCompressed");
    if (isCompressed) {
      assertCompressionIsSupported();
      const hasEvenY = !Fp.isOdd(y3);
      return concatBytes2(pprefix(hasEvenY), bx);
    } else {
      return concatBytes2(Uint8Array.of(4), bx, Fp.toBytes(y3));
    }
  }
  function pointFromBytes(bytes) {
    abytes2(bytes, void 0, "Point");
    const { publicKey: comp, publicKeyUncompressed: uncomp } = lengths;
    const length = bytes.length;
    const head = bytes[0];
    const tail = bytes.subarray(1);
    if (allowInfinityPoint && length === 1 && head === 0)
      return { x: Fp.ZERO, y: Fp.ZERO };
    if (length === comp && (head === 2 || head === 3)) {
      const x2 = Fp.fromBytes(tail);
      if (!Fp.isValid(x2))
        throw new Error("bad point: is not on curve, wrong x");
      const y22 = weierstrassEquation(x2);
      let y3;
      try {
        y3 = Fp.sqrt(y22);
      } catch (sqrtError) {
        const err = sqrtError instanceof Error ? ": " + sqrtError.message : "";
        throw new Error("bad point: is not on curve, sqrt error" + err);
      }
      assertCompressionIsSupported();
      const evenY = Fp.isOdd(y3);
      const evenH = (head & 1) === 1;
      if (evenH !== evenY)
        y3 = Fp.neg(y3);
      return { x: x2, y: y3 };
    } else if (length === uncomp && head === 4) {
      const L2 = Fp.BYTES;
      const x2 = Fp.fromBytes(tail.subarray(0, L2));
      const y3 = Fp.fromBytes(tail.subarray(L2, L2 * 2));
      if (!isValidXY(x2, y3))
        throw new Error("bad point: is not on curve");
      return { x: x2, y: y3 };
    } else {
      throw new Error(`bad point: got length ${length}, expected compressed=${comp} or uncompressed=${uncomp}`);
    }
  }
  const encodePoint = toBytes === void 0 ? pointToBytes : toBytes;
  const decodePoint = fromBytes === void 0 ? pointFromBytes : fromBytes;
  const b3 = Fp.mul(CURVE.b, _3n2);
  const mulA = Fp.is0(CURVE.a) ? (_3) => Fp.ZERO : (x2) => Fp.mul(CURVE.a, x2);
  function weierstrassEquation(x2) {
    const x22 = Fp.sqr(x2);
    const x3 = Fp.mul(x22, x2);
    return Fp.add(Fp.add(x3, Fp.mul(x2, CURVE.a)), CURVE.b);
  }
  function isValidXY(x2, y3) {
    const left = Fp.sqr(y3);
    const right = weierstrassEquation(x2);
    return Fp.eql(left, right);
  }
  if (!isValidXY(CURVE.Gx, CURVE.Gy))
    throw new Error("bad curve params: generator point");
  const _4a3 = Fp.mul(Fp.pow(CURVE.a, _3n2), _4n3);
  const _27b2 = Fp.mul(Fp.sqr(CURVE.b), BigInt(27));
  if (Fp.is0(Fp.add(_4a3, _27b2)))
    throw new Error("bad curve params: a or b");
  function acoord(title, n2, banZero = false) {
    if (!Fp.isValid(n2) || banZero && Fp.is0(n2))
      throw new Error(`bad point coordinate ${title}`);
    return typeof n2 === "object" && n2 !== null ? Fp.create(n2) : n2;
  }
  function aprjpoint(other) {
    if (!(other instanceof Point))
      throw new Error("Weierstrass Point expected");
  }
  function splitEndoScalarN(k2) {
    if (!endo || !endo.basises)
      throw new Error("no endo");
    return _splitEndoScalar(k2, endo.basises, Fn.ORDER);
  }
  function pushWnafPair(points, scalars, p3, k2) {
    if (!Fn.isValid(k2))
      throw new RangeError("invalid scalar: out of range");
    if (endo) {
      const { k1neg, k1, k2neg, k2: k22 } = splitEndoScalarN(k2);
      const psi = new Point(Fp.mul(p3.X, endo.beta), p3.Y, p3.Z);
      points.push(k1neg ? p3.negate() : p3, k2neg ? psi.negate() : psi);
      scalars.push(k1, k22);
    } else {
      points.push(p3);
      scalars.push(k2);
    }
  }
  const validityCache = /* @__PURE__ */ new WeakSet();
  class Point {
    static BASE = new Point(CURVE.Gx, CURVE.Gy, Fp.ONE);
    static ZERO = new Point(Fp.ZERO, Fp.ONE, Fp.ZERO);
    static Fp = Fp;
    static Fn = Fn;
    X;
    Y;
    Z;
    /** Does NOT validate if the point is valid. Use `.assertValidity()`. */
    constructor(X, Y, Z) {
      this.X = acoord("x", X);
      this.Y = acoord("y", Y, true);
      this.Z = acoord("z", Z);
      Object.freeze(this);
    }
    static CURVE() {
      return CURVE;
    }
    /** Does NOT validate if the point is valid. Use `.assertValidity()`. */
    static fromAffine(p3) {
      const { x: x2, y: y3 } = p3 || {};
      if (!p3 || !Fp.isValid(x2) || !Fp.isValid(y3))
        throw new Error("invalid affine point");
      if (p3 instanceof Point)
        throw new Error("projective point not allowed");
      if (Fp.is0(x2) && Fp.is0(y3))
        return Point.ZERO;
      return new Point(x2, y3, Fp.ONE);
    }
    static fromBytes(bytes) {
      const P3 = Point.fromAffine(decodePoint(abytes2(bytes, void 0, "point")));
      P3.assertValidity();
      return P3;
    }
    static fromHex(hex) {
      return Point.fromBytes(hexToBytes2(hex));
    }
    get x() {
      return this.toAffine().x;
    }
    get y() {
      return this.toAffine().y;
    }
    /**
     * @param isLazy - true will defer table computation until the first multiplication
     */
    precompute(windowSize = 6, isLazy = true) {
      wnaf.setWindowSize(this, windowSize);
      if (!isLazy)
        this.multiply(_3n2);
      return this;
    }
    // TODO: return `this`
    /** A point on curve is valid if it conforms to equation. */
    assertValidity() {
      const p3 = this;
      if (p3.is0()) {
        if (allowInfinityPoint && Fp.is0(p3.X) && Fp.eql(p3.Y, Fp.ONE) && Fp.is0(p3.Z))
          return;
        throw new Error("bad point: ZERO");
      }
      if (validityCache.has(p3))
        return;
      const { x: x2, y: y3 } = p3.toAffine();
      if (!Fp.isValid(x2) || !Fp.isValid(y3))
        throw new Error("bad point: x or y not field elements");
      if (!isValidXY(x2, y3))
        throw new Error("bad point: equation left != right");
      if (!p3.isTorsionFree())
        throw new Error("bad point: not in prime-order subgroup");
      validityCache.add(p3);
    }
    hasEvenY() {
      const { y: y3 } = this.toAffine();
      if (!Fp.isOdd)
        throw new Error("Field doesn't support isOdd");
      return !Fp.isOdd(y3);
    }
    /** Compare one point to another. */
    equals(other) {
      aprjpoint(other);
      const { X: X1, Y: Y1, Z: Z1 } = this;
      const { X: X2, Y: Y2, Z: Z2 } = other;
      const U1 = Fp.eql(Fp.mul(X1, Z2), Fp.mul(X2, Z1));
      const U2 = Fp.eql(Fp.mul(Y1, Z2), Fp.mul(Y2, Z1));
      return U1 && U2;
    }
    /** Flips point to one corresponding to (x, -y) in Affine coordinates. */
    negate() {
      return new Point(this.X, Fp.neg(this.Y), this.Z);
    }
    // Renes-Costello-Batina exception-free doubling formula.
    // There is 30% faster Jacobian formula, but it is not complete.
    // https://eprint.iacr.org/2015/1060, algorithm 3
    // Cost: 8M + 3S + 3*a + 2*b3 + 15add.
    double() {
      const { X: X1, Y: Y1, Z: Z1 } = this;
      let X3 = Fp.ZERO, Y3 = Fp.ZERO, Z3 = Fp.ZERO;
      let t0 = Fp.mul(X1, X1);
      let t1 = Fp.mul(Y1, Y1);
      let t22 = Fp.mul(Z1, Z1);
      let t3 = Fp.mul(X1, Y1);
      t3 = Fp.add(t3, t3);
      Z3 = Fp.mul(X1, Z1);
      Z3 = Fp.add(Z3, Z3);
      X3 = mulA(Z3);
      Y3 = Fp.mul(b3, t22);
      Y3 = Fp.add(X3, Y3);
      X3 = Fp.sub(t1, Y3);
      Y3 = Fp.add(t1, Y3);
      Y3 = Fp.mul(X3, Y3);
      X3 = Fp.mul(t3, X3);
      Z3 = Fp.mul(b3, Z3);
      t22 = mulA(t22);
      t3 = Fp.sub(t0, t22);
      t3 = mulA(t3);
      t3 = Fp.add(t3, Z3);
      Z3 = Fp.add(t0, t0);
      t0 = Fp.add(Z3, t0);
      t0 = Fp.add(t0, t22);
      t0 = Fp.mul(t0, t3);
      Y3 = Fp.add(Y3, t0);
      t22 = Fp.mul(Y1, Z1);
      t22 = Fp.add(t22, t22);
      t0 = Fp.mul(t22, t3);
      X3 = Fp.sub(X3, t0);
      Z3 = Fp.mul(t22, t1);
      Z3 = Fp.add(Z3, Z3);
      Z3 = Fp.add(Z3, Z3);
      return new Point(X3, Y3, Z3);
    }
    // Renes-Costello-Batina exception-free addition formula.
    // There is 30% faster Jacobian formula, but it is not complete.
    // https://eprint.iacr.org/2015/1060, algorithm 1
    // Cost: 12M + 0S + 3*a + 3*b3 + 23add.
    add(other) {
      aprjpoint(other);
      const { X: X1, Y: Y1, Z: Z1 } = this;
      const { X: X2, Y: Y2, Z: Z2 } = other;
      let X3 = Fp.ZERO, Y3 = Fp.ZERO, Z3 = Fp.ZERO;
      let t0 = Fp.mul(X1, X2);
      let t1 = Fp.mul(Y1, Y2);
      let t22 = Fp.mul(Z1, Z2);
      let t3 = Fp.add(X1, Y1);
      let t4 = Fp.add(X2, Y2);
      t3 = Fp.mul(t3, t4);
      t4 = Fp.add(t0, t1);
      t3 = Fp.sub(t3, t4);
      t4 = Fp.add(X1, Z1);
      let t5 = Fp.add(X2, Z2);
      t4 = Fp.mul(t4, t5);
      t5 = Fp.add(t0, t22);
      t4 = Fp.sub(t4, t5);
      t5 = Fp.add(Y1, Z1);
      X3 = Fp.add(Y2, Z2);
      t5 = Fp.mul(t5, X3);
      X3 = Fp.add(t1, t22);
      t5 = Fp.sub(t5, X3);
      Z3 = mulA(t4);
      X3 = Fp.mul(b3, t22);
      Z3 = Fp.add(X3, Z3);
      X3 = Fp.sub(t1, Z3);
      Z3 = Fp.add(t1, Z3);
      Y3 = Fp.mul(X3, Z3);
      t1 = Fp.add(t0, t0);
      t1 = Fp.add(t1, t0);
      t22 = mulA(t22);
      t4 = Fp.mul(b3, t4);
      t1 = Fp.add(t1, t22);
      t22 = Fp.sub(t0, t22);
      t22 = mulA(t22);
      t4 = Fp.add(t4, t22);
      t0 = Fp.mul(t1, t4);
      Y3 = Fp.add(Y3, t0);
      t0 = Fp.mul(t5, t4);
      X3 = Fp.mul(t3, X3);
      X3 = Fp.sub(X3, t0);
      t0 = Fp.mul(t3, t1);
      Z3 = Fp.mul(t5, Z3);
      Z3 = Fp.add(Z3, t0);
      return new Point(X3, Y3, Z3);
    }
    subtract(other) {
      aprjpoint(other);
      return this.add(other.negate());
    }
    is0() {
      return this.equals(Point.ZERO);
    }
    /**
     * Constant time multiplication.
     * Uses precomputed tables (signed fixed-window wNAF) when available.
     * Uses scalar blinding and avoids endomorphism splitting in the secret-scalar path.
     * @param scalar - by which the point would be multiplied
     * @returns New point
     */
    multiply(scalar) {
      if (!Fn.isValidNot0(scalar))
        throw new RangeError("invalid scalar: out of range");
      const { p: p3, f: f4 } = wnaf.mulSecret(this, scalar, cofactor, normalize);
      return normalize([p3, f4])[0];
    }
    /**
     * Non-constant-time multiplication. Uses width-4 wNAF with GLV endomorphism splitting
     * when available (two half-width scalars sharing one halved doubling chain).
     * It's faster, but should only be used when you don't care about
     * an exposed secret key e.g. sig verification, which works over *public* keys.
     */
    multiplyUnsafe(scalar) {
      const p3 = this;
      const sc = scalar;
      if (!Fn.isValid(sc))
        throw new RangeError("invalid scalar: out of range");
      if (sc === _0n5 || p3.is0())
        return Point.ZERO;
      if (sc === _1n4)
        return p3;
      if (wnaf.hasWindowSize(this))
        return wnaf.mulUnsafe(p3, sc, normalize);
      const points = [];
      const scalars = [];
      pushWnafPair(points, scalars, p3, sc);
      return mulAddUnsafe(Point, points, scalars);
    }
    /**
     * Non-constant-time double-scalar multiplication `a⋅this + b⋅other` (Strauss–Shamir).
     * Both walks share one doubling chain via {@link mulAddUnsafe}, and GLV endomorphism
     * (when available) halves the chain again by splitting each scalar into two half-width
     * parts. Used by ECDSA verification and public-key recovery for `R = u1⋅G + u2⋅P`.
     * Only for public scalars.
     */
    mulAddUnsafe(a4, other, b2) {
      aprjpoint(other);
      const points = [];
      const scalars = [];
      pushWnafPair(points, scalars, this, a4);
      pushWnafPair(points, scalars, other, b2);
      return mulAddUnsafe(Point, points, scalars);
    }
    /**
     * Converts Projective point to affine (x, y) coordinates.
     * (X, Y, Z) ∋ (x=X/Z, y=Y/Z).
     * @param invertedZ - Z^-1 (inverted zero) - optional, precomputation is useful for invertBatch
     */
    toAffine(invertedZ) {
      const p3 = this;
      let iz = invertedZ;
      if (iz != null && !Fp.isValid(iz))
        throw new RangeError('"invertedZ" expected valid field element');
      const { X, Y, Z } = p3;
      if (Fp.eql(Z, Fp.ONE))
        return { x: X, y: Y };
      const is0 = p3.is0();
      if (iz == null)
        iz = is0 ? Fp.ONE : Fp.inv(Z);
      const x2 = Fp.mul(X, iz);
      const y3 = Fp.mul(Y, iz);
      const zz = Fp.mul(Z, iz);
      if (is0)
        return { x: Fp.ZERO, y: Fp.ZERO };
      if (!Fp.eql(zz, Fp.ONE))
        throw new Error("invZ was invalid");
      return { x: x2, y: y3 };
    }
    /**
     * Checks whether Point is free of torsion elements (is in prime subgroup).
     * Always torsion-free for cofactor=1 curves.
     */
    isTorsionFree() {
      if (cofactor === _1n4)
        return true;
      if (isTorsionFree)
        return isTorsionFree(Point, this);
      return wnaf.mulUnsafe(this, CURVE_ORDER).is0();
    }
    clearCofactor() {
      if (cofactor === _1n4)
        return this;
      if (clearCofactor)
        return clearCofactor(Point, this);
      return this.multiplyUnsafe(cofactor);
    }
    isSmallOrder() {
      if (cofactor === _1n4)
        return this.is0();
      return this.clearCofactor().is0();
    }
    toBytes(isCompressed = true) {
      abool(isCompressed, "isCompressed");
      this.assertValidity();
      return encodePoint(Point, this, isCompressed);
    }
    toHex(isCompressed = true) {
      return bytesToHex2(this.toBytes(isCompressed));
    }
    toString() {
      return `<Point ${this.is0() ? "ZERO" : this.toHex()}>`;
    }
  }
  const normalize = (points) => normalizeZ(Point, points);
  const wnaf = new ScalarMultiplier(Point, randomBytes3);
  if (wnaf.bits >= 6)
    Point.BASE.precompute(6);
  Object.freeze(Point.prototype);
  Object.freeze(Point);
  return Point;
}
function pprefix(hasEvenY) {
  return Uint8Array.of(hasEvenY ? 2 : 3);
}
function getWLengths(Fp, Fn) {
  return {
    secretKey: Fn.BYTES,
    publicKey: 1 + Fp.BYTES,
    publicKeyUncompressed: 1 + 2 * Fp.BYTES,
    publicKeyHasPrefix: true,
    // Raw compact `(r || s)` signature width; DER and recovered signatures use
    // different lengths outside this helper.
    signature: 2 * Fn.BYTES
  };
}
function ecdh(Point, ecdhOpts = {}) {
  validatePointCons(Point);
  const { Fn } = Point;
  const randomBytes_ = ecdhOpts.randomBytes === void 0 ? randomBytes2 : ecdhOpts.randomBytes;
  const lengths = Object.assign(getWLengths(Point.Fp, Fn), {
    seed: Math.max(getMinHashLength(Fn.ORDER), 16)
  });
  function isValidSecretKey(secretKey) {
    try {
      const num = Fn.fromBytes(secretKey);
      return Fn.isValidNot0(num);
    } catch (error) {
      return false;
    }
  }
  function isValidPublicKey(publicKey, isCompressed) {
    const { publicKey: comp, publicKeyUncompressed } = lengths;
    try {
      const l3 = publicKey.length;
      if (isCompressed === true && l3 !== comp)
        return false;
      if (isCompressed === false && l3 !== publicKeyUncompressed)
        return false;
      return !Point.fromBytes(publicKey).is0();
    } catch (error) {
      return false;
    }
  }
  function randomSecretKey(seed) {
    seed = seed === void 0 ? randomBytes_(lengths.seed) : seed;
    return mapHashToField(abytes2(seed, lengths.seed, "seed"), Fn.ORDER);
  }
  function getPublicKey(secretKey, isCompressed = true) {
    return Point.BASE.multiply(Fn.fromBytes(secretKey)).toBytes(isCompressed);
  }
  function isProbPub(item) {
    const { secretKey, publicKey, publicKeyUncompressed } = lengths;
    const allowedLengths = Fn._lengths;
    if (!isBytes2(item))
      return void 0;
    const l3 = abytes2(item, void 0, "key").length;
    const isPub = l3 === publicKey || l3 === publicKeyUncompressed;
    const isSec = l3 === secretKey || !!allowedLengths?.includes(l3);
    if (isPub && isSec)
      return void 0;
    return isPub;
  }
  function getSharedSecret(secretKeyA, publicKeyB, isCompressed = true) {
    if (isProbPub(secretKeyA) === true)
      throw new Error("first arg must be private key");
    if (isProbPub(publicKeyB) === false)
      throw new Error("second arg must be public key");
    const s3 = Fn.fromBytes(secretKeyA);
    const b2 = Point.fromBytes(publicKeyB);
    if (b2.is0())
      throw new Error("invalid public key: point at infinity");
    return b2.multiply(s3).toBytes(isCompressed);
  }
  const utils = {
    isValidSecretKey,
    isValidPublicKey,
    randomSecretKey
  };
  const keygen = createKeygen(randomSecretKey, getPublicKey);
  Object.freeze(utils);
  Object.freeze(lengths);
  return Object.freeze({ getPublicKey, getSharedSecret, keygen, Point, utils, lengths });
}
function ecdsa(Point, hash, ecdsaOpts = {}) {
  validatePointCons(Point);
  const hash_ = hash;
  ahash(hash_);
  validateObject(ecdsaOpts, {}, {
    hmac: "function",
    lowS: "boolean",
    randomBytes: "function",
    bits2int: "function",
    bits2int_modN: "function"
  });
  const opts = Object.assign({}, ecdsaOpts);
  const randomBytes3 = opts.randomBytes === void 0 ? randomBytes2 : opts.randomBytes;
  const hmac2 = opts.hmac === void 0 ? (key, msg) => hmac(hash_, key, msg) : opts.hmac;
  const { Fp, Fn } = Point;
  const { ORDER: CURVE_ORDER, BITS: fnBits } = Fn;
  const blindLength = getMinHashLength(CURVE_ORDER);
  const csprng = probeRandomBytes(randomBytes3, blindLength);
  const { keygen, getPublicKey, getSharedSecret, utils, lengths } = ecdh(Point, opts);
  const defaultSigOpts = {
    prehash: true,
    lowS: typeof opts.lowS === "boolean" ? opts.lowS : true,
    format: "compact",
    extraEntropy: false
  };
  const hasLargeRecoveryLifts = CURVE_ORDER * _2n2 + _1n4 < Fp.ORDER;
  function isBiggerThanHalfOrder(number2) {
    const HALF = CURVE_ORDER >> _1n4;
    return number2 > HALF;
  }
  function validateRS(title, num) {
    if (!Fn.isValidNot0(num))
      throw new Error(`invalid signature ${title}: out of range 1..Point.Fn.ORDER`);
    return num;
  }
  function assertFieldSignIsSupported() {
    if (!Fp.isOdd)
      throw new Error("Field doesn't support isOdd");
  }
  function getRecoveryBit(x2, y3, r3) {
    assertFieldSignIsSupported();
    return (x2 === r3 ? 0 : 2) | Number(Fp.isOdd(y3));
  }
  function assertRecoverableCurve() {
    if (hasLargeRecoveryLifts)
      throw new Error('"recovered" sig type is not supported for cofactor >2 curves');
  }
  function validateSigLength(bytes, format) {
    validateSigFormat(format);
    const size2 = lengths.signature;
    const sizer = format === "compact" ? size2 : format === "recovered" ? size2 + 1 : void 0;
    return abytes2(bytes, sizer);
  }
  class Signature {
    r;
    s;
    recovery;
    constructor(r3, s3, recovery) {
      this.r = validateRS("r", r3);
      this.s = validateRS("s", s3);
      if (recovery != null) {
        assertRecoverableCurve();
        if (![0, 1, 2, 3].includes(recovery))
          throw new Error("invalid recovery id");
        this.recovery = recovery;
      }
      Object.freeze(this);
    }
    static fromBytes(bytes, format = defaultSigOpts.format) {
      validateSigLength(bytes, format);
      let recid;
      if (format === "der") {
        if (bytes.length > 2 * Fn.BYTES + 16)
          throw new DER.Err("invalid signature: DER signature too long");
        const { r: r4, s: s4 } = DER.toSig(abytes2(bytes), Fn.BYTES + 1);
        return new Signature(r4, s4);
      }
      if (format === "recovered") {
        recid = bytes[0];
        format = "compact";
        bytes = bytes.subarray(1);
      }
      const L2 = lengths.signature / 2;
      const r3 = bytes.subarray(0, L2);
      const s3 = bytes.subarray(L2, L2 * 2);
      return new Signature(Fn.fromBytes(r3), Fn.fromBytes(s3), recid);
    }
    static fromHex(hex, format) {
      return this.fromBytes(hexToBytes2(hex), format);
    }
    assertRecovery() {
      const { recovery } = this;
      if (recovery == null)
        throw new Error("invalid recovery id: must be present");
      return recovery;
    }
    addRecoveryBit(recovery) {
      return new Signature(this.r, this.s, recovery);
    }
    // Unlike the top-level helper below, this method expects a digest that has
    // already been hashed to the curve's message representative.
    recoverPublicKey(messageHash) {
      const { r: r3, s: s3 } = this;
      const recovery = this.assertRecovery();
      const radj = recovery === 2 || recovery === 3 ? r3 + CURVE_ORDER : r3;
      if (!Fp.isValid(radj))
        throw new Error("invalid recovery id: sig.r+curve.n != R.x");
      const x2 = Fp.toBytes(radj);
      const R = Point.fromBytes(concatBytes2(pprefix((recovery & 1) === 0), x2));
      const ir = Fn.inv(radj);
      const h3 = bits2int_modN(abytes2(messageHash, void 0, "msgHash"));
      const u1 = Fn.create(-h3 * ir);
      const u22 = Fn.create(s3 * ir);
      const Q2 = Point.BASE.mulAddUnsafe(u1, R, u22);
      if (Q2.is0())
        throw new Error("invalid recovery: point at infinify");
      Q2.assertValidity();
      return Q2;
    }
    // Signatures should be low-s, to prevent malleability.
    hasHighS() {
      return isBiggerThanHalfOrder(this.s);
    }
    toBytes(format = defaultSigOpts.format) {
      validateSigFormat(format);
      if (format === "der")
        return hexToBytes2(DER.hexFromSig(this));
      const { r: r3, s: s3 } = this;
      const rb = Fn.toBytes(r3);
      const sb = Fn.toBytes(s3);
      if (format === "recovered") {
        assertRecoverableCurve();
        return concatBytes2(Uint8Array.of(this.assertRecovery()), rb, sb);
      }
      return concatBytes2(rb, sb);
    }
    toHex(format) {
      return bytesToHex2(this.toBytes(format));
    }
  }
  Object.freeze(Signature.prototype);
  Object.freeze(Signature);
  const bits2int = opts.bits2int === void 0 ? function bits2int_def(bytes) {
    if (bytes.length > 8192)
      throw new Error("input is too large");
    const num = bytesToNumberBE(bytes);
    const delta = bytes.length * 8 - fnBits;
    return delta > 0 ? num >> BigInt(delta) : num;
  } : opts.bits2int;
  const bits2int_modN = opts.bits2int_modN === void 0 ? function bits2int_modN_def(bytes) {
    return Fn.create(bits2int(bytes));
  } : opts.bits2int_modN;
  const ORDER_MASK = bitMask(fnBits);
  function int2octets(num) {
    aInRange("num < 2^" + fnBits, num, _0n5, ORDER_MASK);
    return Fn.toBytes(num);
  }
  function validateMsgAndHash(message, prehash) {
    abytes2(message, void 0, "message");
    return prehash ? abytes2(hash_(message), void 0, "prehashed message") : message;
  }
  function prepSig(message, secretKey, opts2) {
    const { lowS, prehash, extraEntropy } = validateSigOpts(opts2, defaultSigOpts);
    message = validateMsgAndHash(message, prehash);
    const h1int = bits2int_modN(message);
    const d3 = Fn.fromBytes(secretKey);
    if (!Fn.isValidNot0(d3))
      throw new Error("invalid private key");
    const seedArgs = [int2octets(d3), int2octets(h1int)];
    if (extraEntropy != null && extraEntropy !== false) {
      const e3 = extraEntropy === true ? randomBytes3(lengths.secretKey) : extraEntropy;
      seedArgs.push(abytes2(e3, void 0, "extraEntropy"));
    }
    const seed = concatBytes2(...seedArgs);
    const m3 = h1int;
    function k2sig(kBytes) {
      const k2 = bits2int(kBytes);
      if (!Fn.isValidNot0(k2))
        return;
      const q2 = Point.BASE.multiply(k2).toAffine();
      const r3 = Fn.create(q2.x);
      if (r3 === _0n5)
        return;
      let s3;
      if (csprng !== void 0) {
        const b2 = bytesToNumberBE(mapHashToField(csprng(blindLength), CURVE_ORDER));
        const ibk = Fn.inv(Fn.mul(b2, k2));
        const bm = Fn.mul(b2, m3);
        const bd = Fn.mul(b2, d3);
        s3 = Fn.create(ibk * Fn.create(bm + bd * r3));
      } else {
        const ik = invertCt(k2, CURVE_ORDER);
        s3 = Fn.create(ik * Fn.create(m3 + r3 * d3));
      }
      if (s3 === _0n5)
        return;
      let recovery = getRecoveryBit(q2.x, q2.y, r3);
      let normS = s3;
      if (lowS && isBiggerThanHalfOrder(s3)) {
        normS = Fn.neg(s3);
        recovery ^= 1;
      }
      return new Signature(r3, normS, hasLargeRecoveryLifts ? void 0 : recovery);
    }
    return { seed, k2sig };
  }
  function sign(message, secretKey, opts2 = {}) {
    const { seed, k2sig } = prepSig(message, secretKey, opts2);
    const drbg = createHmacDrbg(hash_.outputLen, Fn.BYTES, hmac2);
    const sig = drbg(seed, k2sig);
    return sig.toBytes(opts2.format);
  }
  function verify(signature, message, publicKey, opts2 = {}) {
    const { lowS, prehash, format } = validateSigOpts(opts2, defaultSigOpts);
    publicKey = abytes2(publicKey, void 0, "publicKey");
    message = validateMsgAndHash(message, prehash);
    if (!isBytes2(signature)) {
      const end = signature instanceof Signature ? ", use sig.toBytes()" : "";
      throw new Error("verify expects Uint8Array signature" + end);
    }
    validateSigLength(signature, format);
    try {
      const sig = Signature.fromBytes(signature, format);
      const P3 = Point.fromBytes(publicKey);
      if (P3.is0())
        return false;
      if (lowS && sig.hasHighS())
        return false;
      const { r: r3, s: s3 } = sig;
      const h3 = bits2int_modN(message);
      const is = Fn.inv(s3);
      const u1 = Fn.create(h3 * is);
      const u22 = Fn.create(r3 * is);
      const R = Point.BASE.mulAddUnsafe(u1, P3, u22);
      if (R.is0())
        return false;
      const q2 = R.toAffine();
      const v3 = Fn.create(q2.x);
      if (v3 !== r3)
        return false;
      if (format === "recovered" && sig.recovery !== getRecoveryBit(q2.x, q2.y, r3))
        return false;
      return true;
    } catch (e3) {
      return false;
    }
  }
  function recoverPublicKey(signature, message, opts2 = {}) {
    const { prehash } = validateSigOpts(opts2, defaultSigOpts);
    message = validateMsgAndHash(message, prehash);
    return Signature.fromBytes(signature, "recovered").recoverPublicKey(message).toBytes();
  }
  return Object.freeze({
    keygen,
    getPublicKey,
    getSharedSecret,
    utils,
    lengths,
    Point,
    sign,
    verify,
    recoverPublicKey,
    Signature,
    hash: hash_
  });
}

// node_modules/@noble/curves/secp256k1.js
/*! noble-curves - MIT License (c) 2022 Paul Miller (paulmillr.com) */
var secp256k1_CURVE = {
  p: BigInt("0xfffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f"),
  n: BigInt("0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141"),
  h: BigInt(1),
  a: BigInt(0),
  b: BigInt(7),
  Gx: BigInt("0x79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"),
  Gy: BigInt("0x483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8")
};
var secp256k1_ENDO = {
  beta: BigInt("0x7ae96a2b657c07106e64479eac3434e99cf0497512f58995c1396c28719501ee"),
  basises: [
    [BigInt("0x3086d221a7d46bcde86c90e49284eb15"), -BigInt("0xe4437ed6010e88286f547fa90abfe4c3")],
    [BigInt("0x114ca50f7a8e2f3f657c1108d9d44cfd8"), BigInt("0x3086d221a7d46bcde86c90e49284eb15")]
  ]
};
var _2n3 = /* @__PURE__ */ BigInt(2);
function sqrtMod(y3) {
  const P3 = secp256k1_CURVE.p;
  const _3n3 = BigInt(3), _6n = BigInt(6), _11n = BigInt(11), _22n = BigInt(22);
  const _23n = BigInt(23), _44n = BigInt(44), _88n = BigInt(88);
  const b2 = y3 * y3 * y3 % P3;
  const b3 = b2 * b2 * y3 % P3;
  const b6 = pow2(b3, _3n3, P3) * b3 % P3;
  const b9 = pow2(b6, _3n3, P3) * b3 % P3;
  const b11 = pow2(b9, _2n3, P3) * b2 % P3;
  const b22 = pow2(b11, _11n, P3) * b11 % P3;
  const b44 = pow2(b22, _22n, P3) * b22 % P3;
  const b88 = pow2(b44, _44n, P3) * b44 % P3;
  const b176 = pow2(b88, _88n, P3) * b88 % P3;
  const b220 = pow2(b176, _44n, P3) * b44 % P3;
  const b223 = pow2(b220, _3n3, P3) * b3 % P3;
  const t1 = pow2(b223, _23n, P3) * b22 % P3;
  const t22 = pow2(t1, _6n, P3) * b2 % P3;
  const root = pow2(t22, _2n3, P3);
  if (!Fpk1.eql(Fpk1.sqr(root), y3))
    throw new Error("Cannot find square root");
  return root;
}
var Fpk1 = /* @__PURE__ */ Field(secp256k1_CURVE.p, { sqrt: sqrtMod });
var Pointk1 = /* @__PURE__ */ weierstrass(secp256k1_CURVE, {
  Fp: Fpk1,
  endo: secp256k1_ENDO
});
var secp256k1 = /* @__PURE__ */ ecdsa(Pointk1, sha256);

// node_modules/@scure/base/index.js
/*! scure-base - MIT License (c) 2022 Paul Miller (paulmillr.com) */
var freeze = (fn) => Object.freeze(fn());
function isBytes3(a4) {
  return a4 instanceof Uint8Array || ArrayBuffer.isView(a4) && a4.constructor.name === "Uint8Array" && "BYTES_PER_ELEMENT" in a4 && a4.BYTES_PER_ELEMENT === 1;
}
function abytes3(b2) {
  if (!isBytes3(b2))
    throw new TypeError("Uint8Array expected");
}
function astr(label, input) {
  if (typeof input !== "string")
    throw new TypeError(`${label}: string expected`);
  return true;
}
function anumber3(n2, title = "number") {
  if (typeof n2 !== "number")
    throw new TypeError(`${title}: expected number, got ${typeof n2}`);
  if (!Number.isSafeInteger(n2))
    throw new RangeError(`${title}: expected safe integer, got ${n2}`);
}
function chain(...args) {
  const id = (a4) => a4;
  const wrap = (a4, b2) => (c3) => a4(b2(c3));
  const encode = args.map((x2) => x2.encode).reduceRight(wrap, id);
  const decode = args.map((x2) => x2.decode).reduce(wrap, id);
  return { encode, decode };
}
var powers = /* @__PURE__ */ (() => {
  let res = [];
  for (let i3 = 0; i3 < 40; i3++)
    res.push(2 ** i3);
  return res;
})();
var asciiDecoder = /* @__PURE__ */ (() => {
  try {
    const decoder = new TextDecoder();
    return decoder.decode(Uint8Array.of(65, 48, 43, 127)) === "A0+" ? decoder : void 0;
  } catch (e3) {
    return void 0;
  }
})();
var B2S_CHUNK = 8192;
function charcodesToString(codes) {
  const len = codes.length;
  if (asciiDecoder !== void 0 && len >= 12)
    return asciiDecoder.decode(codes);
  if (len <= B2S_CHUNK)
    return String.fromCharCode.apply(null, codes);
  let res = "";
  for (let i3 = 0; i3 < len; i3 += B2S_CHUNK)
    res += String.fromCharCode.apply(null, codes.subarray(i3, i3 + B2S_CHUNK));
  return res;
}
function radix2(bits) {
  anumber3(bits);
  if (bits <= 0 || bits > 8)
    throw new RangeError("radix2: bits should be in (0..8]");
  const mask = powers[bits] - 1;
  return {
    encode: (bytes) => {
      abytes3(bytes);
      const len = bytes.length;
      const res = new Uint8Array(Math.ceil(len * 8 / bits));
      let carry = 0;
      let pos = 0;
      let j2 = 0;
      for (let i3 = 0; i3 < len; ) {
        if (i3 + 2 < len) {
          carry = carry << 24 | bytes[i3] << 16 | bytes[i3 + 1] << 8 | bytes[i3 + 2];
          pos += 24;
          i3 += 3;
        } else {
          carry = (carry << 8 | bytes[i3]) & 65535;
          pos += 8;
          i3++;
        }
        for (; ; ) {
          pos -= bits;
          res[j2++] = carry >> pos & mask;
          if (pos < bits)
            break;
        }
      }
      if (pos > 0)
        res[j2] = carry << bits - pos & mask;
      return res;
    },
    decode: (digits) => {
      const len = digits.length;
      const res = new Uint8Array(Math.floor(len * bits / 8));
      let carry = 0;
      let pos = 0;
      let j2 = 0;
      for (let i3 = 0; i3 < len; i3++) {
        carry = (carry << bits | digits[i3]) & 65535;
        pos += bits;
        for (; pos >= 8; pos -= 8)
          res[j2++] = carry >> pos - 8 & 255;
      }
      carry = carry << 8 - pos & 255;
      if (pos >= bits)
        throw new Error("Excess padding");
      if (carry > 0)
        throw new Error(`Non-zero padding: ${carry}`);
      return res;
    }
  };
}
function alphabet(letters, aliases) {
  const len = letters.length;
  if (len > 128)
    throw new Error("alphabet: max 128 letters");
  const encTable = new Uint8Array(len);
  const decTable = new Int8Array(128).fill(-1);
  for (let i3 = 0; i3 < len; i3++) {
    const code = letters.charCodeAt(i3);
    if (letters.codePointAt(i3) !== code || code > 127)
      throw new Error("alphabet: single-char ASCII letters only");
    encTable[i3] = code;
    decTable[code] = i3;
  }
  if (aliases !== void 0) {
    for (const alias of Object.keys(aliases)) {
      const code = alias.charCodeAt(0);
      const target = decTable[aliases[alias].charCodeAt(0)];
      if (alias.length !== 1 || code > 127 || target === void 0 || target === -1)
        throw new Error(`alphabet: invalid alias ${alias}`);
      decTable[code] = target;
    }
  }
  return {
    encode: (digits) => {
      const codes = new Uint8Array(digits.length);
      for (let i3 = 0; i3 < digits.length; i3++) {
        const d3 = digits[i3];
        const code = encTable[d3];
        if (code === void 0)
          throw new Error(`alphabet.encode: invalid digit ${d3}`);
        codes[i3] = code;
      }
      return charcodesToString(codes);
    },
    decode: (input) => {
      astr("decode", input);
      const slen = input.length;
      const digits = new Uint8Array(slen);
      for (let i3 = 0; i3 < slen; i3++) {
        const code = input.charCodeAt(i3);
        const digit = code < 128 ? decTable[code] : -1;
        if (digit === -1)
          throw new Error(`Unknown letter "${input[i3]}". Allowed: ${letters}`);
        digits[i3] = digit;
      }
      return digits;
    }
  };
}
function padding(bits, chr = "=") {
  anumber3(bits);
  astr("padding", chr);
  return {
    encode(data) {
      while (data.length * bits % 8)
        data += chr;
      return data;
    },
    decode(input) {
      astr("decode", input);
      let end = input.length;
      if (end * bits % 8)
        throw new Error("padding: invalid length");
      for (; end > 0 && input[end - 1] === chr; end--) {
        const byte = (end - 1) * bits;
        if (byte % 8 === 0)
          throw new Error("padding: excess padding");
      }
      return input.slice(0, end);
    }
  };
}
var hasBase64Builtin = /* @__PURE__ */ (() => typeof Uint8Array.from([]).toBase64 === "function" && typeof Uint8Array.fromBase64 === "function")();
var ASCII_WHITESPACE = /[\t\n\f\r ]/;
var decodeBase64Builtin = (s3, isUrl) => {
  astr("base64", s3);
  const alphabet2 = isUrl ? "base64url" : "base64";
  if (s3.length > 0 && ASCII_WHITESPACE.test(s3))
    throw new Error("invalid base64");
  return Uint8Array.fromBase64(s3, { alphabet: alphabet2, lastChunkHandling: "strict" });
};
var base64Fallback = /* @__PURE__ */ freeze(() => chain(radix2(6), alphabet("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"), padding(6)));
var base64 = /* @__PURE__ */ freeze(() => hasBase64Builtin ? {
  encode(b2) {
    abytes3(b2);
    return b2.toBase64();
  },
  decode(s3) {
    return decodeBase64Builtin(s3, false);
  }
} : base64Fallback);

// client/src/bytes.js
var encoder = new TextEncoder();
var utf8 = (text) => encoder.encode(text);
function concat(...parts) {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
function u32be(number2) {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, number2);
  return bytes;
}
var lp = (bytes) => concat(u32be(bytes.length), bytes);
var same = (a4, b2) => a4.length === b2.length && a4.every((byte, index) => byte === b2[index]);
var toHex = bytesToHex;
var fromHex = (text) => new Uint8Array(hexToBytes(text));
var toBase64 = (bytes) => base64.encode(bytes);
var fromBase64 = (text) => new Uint8Array(base64.decode(text));

// node_modules/@noble/hashes/pbkdf2.js
function pbkdf2Init(hash, _password, _salt, _opts) {
  ahash(hash);
  const opts = checkOpts({ dkLen: 32, asyncTick: 10 }, _opts);
  const { c: c3, dkLen, asyncTick } = opts;
  anumber(c3, "c");
  anumber(dkLen, "dkLen");
  anumber(asyncTick, "asyncTick");
  if (c3 < 1)
    throw new Error('"c" (iterations) must be >= 1');
  if (dkLen < 1)
    throw new Error('"dkLen" must be >= 1');
  if (dkLen > (2 ** 32 - 1) * hash.outputLen)
    throw new Error("derived key too long");
  const p3 = kdfInputToBytes(_password, "password");
  try {
    const s3 = kdfInputToBytes(_salt, "salt");
    try {
      const DK = new Uint8Array(dkLen);
      const { iHash, oHash, outputLen } = hmac.create(hash, p3);
      const u3 = new Uint8Array(outputLen);
      const eng = pbkdf2Engine(iHash, oHash, s3, u3);
      return { c: c3, dkLen, asyncTick, DK, outputLen, eng };
    } finally {
      if (typeof _salt === "string")
        clean(s3);
    }
  } finally {
    if (typeof _password === "string")
      clean(p3);
  }
}
function pbkdf2Engine(iHash, oHash, salt, u3) {
  const counter = new Uint8Array(4);
  const view = createView(counter);
  const salted = iHash._cloneInto().update(salt);
  const work = oHash._cloneInto();
  const iClone = iHash._cloneInto;
  const oClone = oHash._cloneInto;
  return {
    u1: (ti, Ti) => {
      view.setInt32(0, ti, false);
      salted._cloneInto(work).update(counter).digestInto(u3);
      oHash._cloneInto(work).update(u3).digestInto(u3);
      Ti.set(u3.subarray(0, Ti.length));
    },
    // Whole `F` inner loop for the sync variant: one optimized function owns the hot loop.
    rounds: (c3, Ti) => {
      for (let ui = 1; ui < c3; ui++) {
        iClone.call(iHash, work).update(u3).digestInto(u3);
        oClone.call(oHash, work).update(u3).digestInto(u3);
        for (let i3 = 0; i3 < Ti.length; i3++)
          Ti[i3] ^= u3[i3];
      }
    },
    output: (DK) => {
      iHash.destroy();
      oHash.destroy();
      salted.destroy();
      work.destroy();
      clean(u3);
      return DK;
    }
  };
}
function pbkdf2(hash, password, salt, opts) {
  const { c: c3, dkLen, DK, outputLen, eng } = pbkdf2Init(hash, password, salt, opts);
  for (let ti = 1, pos = 0; pos < dkLen; ti++, pos += outputLen) {
    const Ti = DK.subarray(pos, pos + outputLen);
    eng.u1(ti, Ti);
    eng.rounds(c3, Ti);
  }
  return eng.output(DK);
}

// node_modules/@noble/hashes/scrypt.js
function XorAndSalsa(prev, pi, input, ii, out, oi) {
  let y00 = prev[pi++] ^ input[ii++], y01 = prev[pi++] ^ input[ii++];
  let y02 = prev[pi++] ^ input[ii++], y03 = prev[pi++] ^ input[ii++];
  let y04 = prev[pi++] ^ input[ii++], y05 = prev[pi++] ^ input[ii++];
  let y06 = prev[pi++] ^ input[ii++], y07 = prev[pi++] ^ input[ii++];
  let y08 = prev[pi++] ^ input[ii++], y09 = prev[pi++] ^ input[ii++];
  let y10 = prev[pi++] ^ input[ii++], y11 = prev[pi++] ^ input[ii++];
  let y12 = prev[pi++] ^ input[ii++], y13 = prev[pi++] ^ input[ii++];
  let y14 = prev[pi++] ^ input[ii++], y15 = prev[pi++] ^ input[ii++];
  let x00 = y00, x01 = y01, x02 = y02, x03 = y03, x04 = y04, x05 = y05, x06 = y06, x07 = y07, x08 = y08, x09 = y09, x10 = y10, x11 = y11, x12 = y12, x13 = y13, x14 = y14, x15 = y15;
  for (let i3 = 0; i3 < 8; i3 += 2) {
    x04 ^= rotl(x00 + x12 | 0, 7);
    x08 ^= rotl(x04 + x00 | 0, 9);
    x12 ^= rotl(x08 + x04 | 0, 13);
    x00 ^= rotl(x12 + x08 | 0, 18);
    x09 ^= rotl(x05 + x01 | 0, 7);
    x13 ^= rotl(x09 + x05 | 0, 9);
    x01 ^= rotl(x13 + x09 | 0, 13);
    x05 ^= rotl(x01 + x13 | 0, 18);
    x14 ^= rotl(x10 + x06 | 0, 7);
    x02 ^= rotl(x14 + x10 | 0, 9);
    x06 ^= rotl(x02 + x14 | 0, 13);
    x10 ^= rotl(x06 + x02 | 0, 18);
    x03 ^= rotl(x15 + x11 | 0, 7);
    x07 ^= rotl(x03 + x15 | 0, 9);
    x11 ^= rotl(x07 + x03 | 0, 13);
    x15 ^= rotl(x11 + x07 | 0, 18);
    x01 ^= rotl(x00 + x03 | 0, 7);
    x02 ^= rotl(x01 + x00 | 0, 9);
    x03 ^= rotl(x02 + x01 | 0, 13);
    x00 ^= rotl(x03 + x02 | 0, 18);
    x06 ^= rotl(x05 + x04 | 0, 7);
    x07 ^= rotl(x06 + x05 | 0, 9);
    x04 ^= rotl(x07 + x06 | 0, 13);
    x05 ^= rotl(x04 + x07 | 0, 18);
    x11 ^= rotl(x10 + x09 | 0, 7);
    x08 ^= rotl(x11 + x10 | 0, 9);
    x09 ^= rotl(x08 + x11 | 0, 13);
    x10 ^= rotl(x09 + x08 | 0, 18);
    x12 ^= rotl(x15 + x14 | 0, 7);
    x13 ^= rotl(x12 + x15 | 0, 9);
    x14 ^= rotl(x13 + x12 | 0, 13);
    x15 ^= rotl(x14 + x13 | 0, 18);
  }
  out[oi++] = y00 + x00 | 0;
  out[oi++] = y01 + x01 | 0;
  out[oi++] = y02 + x02 | 0;
  out[oi++] = y03 + x03 | 0;
  out[oi++] = y04 + x04 | 0;
  out[oi++] = y05 + x05 | 0;
  out[oi++] = y06 + x06 | 0;
  out[oi++] = y07 + x07 | 0;
  out[oi++] = y08 + x08 | 0;
  out[oi++] = y09 + x09 | 0;
  out[oi++] = y10 + x10 | 0;
  out[oi++] = y11 + x11 | 0;
  out[oi++] = y12 + x12 | 0;
  out[oi++] = y13 + x13 | 0;
  out[oi++] = y14 + x14 | 0;
  out[oi++] = y15 + x15 | 0;
}
function BlockMix(input, ii, out, oi, r3) {
  let head = oi + 0;
  let tail = oi + 16 * r3;
  for (let i3 = 0; i3 < 16; i3++)
    out[tail + i3] = input[ii + (2 * r3 - 1) * 16 + i3];
  for (let i3 = 0; i3 < r3; i3++, head += 16, ii += 16) {
    XorAndSalsa(out, tail, input, ii, out, head);
    if (i3 > 0)
      tail += 16;
    XorAndSalsa(out, head, input, ii += 16, out, tail);
  }
}
var SCRYPT_DEFAULT_MAXMEM = 128 * 8 * (2 ** 20 + 1 + 1);
function scryptInit(password, salt, _opts) {
  const opts = checkOpts({
    dkLen: 32,
    asyncTick: 10,
    maxmem: SCRYPT_DEFAULT_MAXMEM
  }, _opts);
  const { N: N2, r: r3, p: p3, dkLen, asyncTick, maxmem, onProgress } = opts;
  anumber(N2, "N");
  anumber(r3, "r");
  anumber(p3, "p");
  anumber(dkLen, "dkLen");
  anumber(asyncTick, "asyncTick");
  anumber(maxmem, "maxmem");
  if (onProgress !== void 0 && typeof onProgress !== "function")
    throw new Error('"onProgress" must be a function');
  if (r3 < 1)
    throw new Error('"r" expected integer >= 1');
  const blockSize = 128 * r3;
  const blockSize32 = blockSize / 4;
  const pow32 = Math.pow(2, 32);
  if (N2 <= 1 || (N2 & N2 - 1) !== 0 || N2 > pow32)
    throw new Error('"N" expected a power of 2, and 2^1 <= N <= 2^32');
  if (p3 < 1 || p3 > (pow32 - 1) * 32 / blockSize)
    throw new Error('"p" expected integer 1..((2^32 - 1) * 32) / (128 * r)');
  if (dkLen < 1 || dkLen > (pow32 - 1) * 32)
    throw new Error('"dkLen" expected integer 1..(2^32 - 1) * 32');
  const memUsed = blockSize * (N2 + p3 + 1);
  if (memUsed > maxmem)
    throw new Error('"maxmem" limit was hit: memUsed(128*r*(N+p+1))=' + memUsed + ", maxmem=" + maxmem);
  const B3 = pbkdf2(sha256, password, salt, { c: 1, dkLen: blockSize * p3 });
  const B32 = u32(B3);
  const V2 = u32(new Uint8Array(blockSize * N2));
  const tmp = u32(new Uint8Array(blockSize));
  let blockMixCb = () => {
  };
  if (onProgress) {
    const totalBlockMix = 2 * N2 * p3;
    const callbackPer = Math.max(Math.floor(totalBlockMix / 1e4), 1);
    let blockMixCnt = 0;
    blockMixCb = () => {
      blockMixCnt++;
      if (onProgress && (!(blockMixCnt % callbackPer) || blockMixCnt === totalBlockMix)) {
        try {
          onProgress(blockMixCnt / totalBlockMix);
        } catch (e3) {
          clean(B3, V2, tmp);
          throw e3;
        }
      }
    };
  }
  return { N: N2, r: r3, p: p3, dkLen, blockSize32, V: V2, B32, B: B3, tmp, blockMixCb, asyncTick };
}
function scryptOutput(password, dkLen, B3, V2, tmp) {
  const res = pbkdf2(sha256, password, B3, { c: 1, dkLen });
  clean(B3, V2, tmp);
  return res;
}
async function scryptAsync(password, salt, opts) {
  const { N: N2, r: r3, p: p3, dkLen, blockSize32, V: V2, B32, B: B3, tmp, blockMixCb, asyncTick } = scryptInit(password, salt, opts);
  const abort = () => clean(B3, V2, tmp);
  swap32IfBE(B32);
  for (let pi = 0; pi < p3; pi++) {
    const Pi = blockSize32 * pi;
    for (let i3 = 0; i3 < blockSize32; i3++)
      V2[i3] = B32[Pi + i3];
    let pos = 0;
    await asyncLoop(N2 - 1, asyncTick, () => {
      BlockMix(V2, pos, V2, pos += blockSize32, r3);
      blockMixCb();
    }, abort);
    BlockMix(V2, (N2 - 1) * blockSize32, B32, Pi, r3);
    blockMixCb();
    await asyncLoop(N2, asyncTick, () => {
      const j2 = (B32[Pi + blockSize32 - 16] & N2 - 1) >>> 0;
      for (let k2 = 0; k2 < blockSize32; k2++)
        tmp[k2] = B32[Pi + k2] ^ V2[j2 * blockSize32 + k2];
      BlockMix(tmp, 0, B32, Pi, r3);
      blockMixCb();
    }, abort);
  }
  swap32IfBE(B32);
  return scryptOutput(password, dkLen, B3, V2, tmp);
}

// client/src/worker-source.js
var workerSource = null;

// client/src/kdf.js
var SCRYPT = Object.freeze({ N: 2 ** 17, r: 8, p: 1, dkLen: 32 });
function workerKdf(createWorker = defaultWorker) {
  return (input, salt, { signal, onProgress }) => new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const worker = createWorker();
    const end = () => {
      worker.terminate();
      signal?.removeEventListener("abort", aborted);
    };
    const aborted = () => {
      end();
      reject(signal?.reason);
    };
    signal?.addEventListener("abort", aborted);
    worker.onmessage = ({ data }) => {
      if (typeof data === "number") return onProgress?.(data);
      end();
      resolve(data);
    };
    worker.onerror = (event) => {
      end();
      event.preventDefault?.();
      const message = "The key could not be computed: the page's worker did not start, or there is too little memory. Close other pages and try again.";
      reject(new LarimarError("Unsupported", message, { cause: event.message }));
    };
    worker.postMessage({ input, salt });
  });
}
var inlineKdf = (input, salt, { signal, onProgress }) => {
  const told = throttled(onProgress);
  return scryptAsync(input, salt, {
    ...SCRYPT,
    onProgress: (fraction) => {
      signal?.throwIfAborted();
      told(fraction);
    }
  });
};
var defaultKdf = (input, salt, options) => (typeof Worker === "undefined" ? inlineKdf : workerKdf())(input, salt, options);
function throttled(report) {
  let last = -Infinity;
  return (fraction) => {
    const now = performance.now();
    if (!report || now - last < 50 && fraction < 1) return;
    last = now;
    report(fraction);
  };
}
function defaultWorker() {
  const url = new URL("./kdf-worker.js", import.meta.url);
  if (url.origin === globalThis.location?.origin) return new Worker(url, { type: "module" });
  const source = workerSource ?? `import ${JSON.stringify(url.href)};`;
  const blob = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  try {
    return new Worker(blob, { type: "module" });
  } finally {
    setTimeout(() => URL.revokeObjectURL(blob), 6e4);
  }
}

// client/src/keys.js
var MAX_REVISION = 2 ** 53 - 1;
var MAGIC = utf8("LRM1");
var HEADER = MAGIC.length + 8;
var NONCE = 12;
var TAG = 16;
var Keys = class _Keys {
  /** @type {Uint8Array | undefined} */
  #signing;
  /** @type {CryptoKey | undefined} */
  #encryption;
  /**
   * @param {string} publicKey
   * @param {Uint8Array} signing
   * @param {CryptoKey} encryption
   */
  constructor(publicKey, signing, encryption) {
    this.publicKey = publicKey;
    this.#signing = signing;
    this.#encryption = encryption;
  }
  /**
   * @param {Uint8Array} signing 32 bytes, which are this object's from now on
   * @param {Uint8Array} encryption 32 bytes, which are wiped
   */
  static async of(signing, encryption) {
    const raw = new Uint8Array(encryption);
    const key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
    raw.fill(0);
    encryption.fill(0);
    return new _Keys(toHex(secp256k1.getPublicKey(signing)), signing, key);
  }
  /**
   * The signature of a digest of section 3: 130 hex digits.
   * @param {Uint8Array} digest 32 bytes
   */
  sign(digest) {
    if (!this.#signing) throw locked();
    const signature = secp256k1.sign(digest, this.#signing, { format: "recovered", prehash: false });
    signature[0] = 31 + (signature[0] ?? 0);
    return toHex(signature);
  }
  /**
   * Seals a plaintext as the blob that a server keeps.
   * @param {number} revision from 1 to 2^53 - 1
   * @param {Uint8Array} plaintext
   * @param {Uint8Array} [nonce] 12 bytes, for the vectors only: random if left out, as it must be
   */
  async seal(revision, plaintext, nonce = crypto.getRandomValues(new Uint8Array(NONCE))) {
    if (!this.#encryption) throw locked();
    if (!Number.isSafeInteger(revision) || revision < 1) {
      throw new LarimarError("RevisionsUsedUp", "The wallet has used up all its revisions. Change the password to a new one.");
    }
    const head = header(revision);
    const sealed = await crypto.subtle.encrypt(this.#cipher(head, nonce), this.#encryption, new Uint8Array(plaintext));
    return concat(head, nonce, new Uint8Array(sealed));
  }
  /**
   * What a blob holds.
   * @param {Uint8Array} blob
   * @returns {Promise<{ revision: number, plaintext: Uint8Array<ArrayBuffer> }>}
   * @throws {LarimarError} `NotSealed`, `Tampered`
   */
  async open(blob) {
    if (!this.#encryption) throw locked();
    const revision = revisionOf(blob);
    if (revision === null) {
      throw new LarimarError("NotSealed", "This data was not written by a Larimar client. Use the program that wrote it.");
    }
    const head = blob.slice(0, HEADER);
    const nonce = blob.slice(HEADER, HEADER + NONCE);
    try {
      const sealed = new Uint8Array(blob.subarray(HEADER + NONCE));
      const opened2 = await crypto.subtle.decrypt(this.#cipher(head, nonce), this.#encryption, sealed);
      return { revision, plaintext: new Uint8Array(opened2) };
    } catch (cause) {
      throw new LarimarError("Tampered", "This data was changed, or belongs to another key. Do not use it.", { cause });
    }
  }
  /** From now on nothing can be signed, sealed or opened. */
  wipe() {
    this.#signing?.fill(0);
    this.#signing = void 0;
    this.#encryption = void 0;
  }
  /** Whether they can still be used. */
  get usable() {
    return this.#signing !== void 0;
  }
  toJSON() {
    return "***";
  }
  /**
   * @param {Uint8Array} head
   * @param {Uint8Array} nonce
   */
  #cipher(head, nonce) {
    const additionalData = concat(utf8("larimar/v1/blob"), fromHex(this.publicKey), head);
    return { name: "AES-GCM", iv: new Uint8Array(nonce), additionalData };
  }
};
function revisionOf(blob) {
  if (blob.length < HEADER + NONCE + TAG || !MAGIC.every((byte, index) => blob[index] === byte)) return null;
  const view = new DataView(blob.buffer, blob.byteOffset);
  const revision = view.getBigUint64(MAGIC.length);
  return revision >= 1n && revision <= BigInt(MAX_REVISION) ? Number(revision) : null;
}
var blobDigest = (blob) => sha256(blob);
var changePasswordDigest = (newPublicKey, blob) => sha256(concat(utf8("larimar/v1/changePassword"), fromHex(newPublicKey), sha256(blob)));
var deleteWalletDigest = (server, localHash) => sha256(concat(utf8("larimar/v1/deleteWallet"), lp(utf8(server)), fromHex(localHash)));
function header(revision) {
  const head = new Uint8Array(HEADER);
  head.set(MAGIC);
  new DataView(head.buffer).setBigUint64(MAGIC.length, BigInt(revision));
  return head;
}

// client/src/text.js
var SPACE = "\\u0009-\\u000D\\u0020\\u0085\\u00A0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000";
var ENDS = new RegExp(`^[${SPACE}]+|[${SPACE}]+$`, "gu");
var RUNS = new RegExp(`[${SPACE}]+`, "gu");
var ANY = new RegExp(`[${SPACE}]`, "u");
var REFUSED = /[\p{Cs}\p{Cn}]/u;
function normalPassword(typed2) {
  return notEmpty(compose(typed2, "password"), "password");
}
function normalAnswer(typed2) {
  const lower = compose(typed2, "answer").toLowerCase();
  return notEmpty(lower.replace(ENDS, "").replace(RUNS, " "), "answer");
}
function normalEmail(typed2) {
  const email = compose(typed2, "e-mail address").toLowerCase().replace(ENDS, "");
  const [local, domain, ...more] = email.split("@");
  if (!local || !domain || more.length > 0 || ANY.test(email)) {
    throw invalid("email", "An e-mail address has exactly one @, text on both sides of it, and no spaces.");
  }
  return email;
}
function compose(typed2, what) {
  const refused3 = REFUSED.exec(typed2)?.[0]?.codePointAt(0);
  if (refused3 !== void 0) {
    const hex = refused3.toString(16).toUpperCase().padStart(4, "0");
    throw invalid(what, `The ${what} has a character that other devices may not know: U+${hex}. Leave it out.`);
  }
  return typed2.normalize("NFKC");
}
function notEmpty(text, what) {
  if (text === "") throw invalid(what, `The ${what} is empty.`);
  return text;
}
function invalid(param, message) {
  return new LarimarError("InvalidText", message, { data: { param } });
}

// client/src/derive.js
function scryptInput({ email, password, answers = [] }) {
  const texts = answers.map((answer) => lp(utf8(normalAnswer(answer))));
  const input = concat(lp(utf8(normalPassword(password))), u32be(answers.length), ...texts);
  for (const text of texts) text.fill(0);
  const salt = sha256(concat(lp(utf8("larimar/v1/kdf")), lp(utf8(normalEmail(email)))));
  return { input, salt };
}
function keysOfSeed(seed) {
  const encryption = hkdf(sha256, seed, void 0, utf8("larimar/v1/encrypt"), 32);
  for (let i3 = 0; ; i3++) {
    const signing = hkdf(sha256, seed, void 0, concat(utf8("larimar/v1/sign"), Uint8Array.of(i3)), 32);
    if (secp256k1.utils.isValidSecretKey(signing)) return { signing, encryption };
  }
}
async function deriveKeys(who, { kdf: kdf2 = defaultKdf, ...options } = {}) {
  if (!globalThis.crypto?.subtle) {
    const message = "This page cannot encrypt, since it was not loaded over https. Open it by its https address.";
    throw new LarimarError("Unsupported", message);
  }
  const { input, salt } = scryptInput(who);
  try {
    const seed = await kdf2(input, salt, options);
    const { signing, encryption } = keysOfSeed(seed);
    seed.fill(0);
    return await Keys.of(signing, encryption);
  } finally {
    input.fill(0);
  }
}
var keysOf = async (who, options) => who instanceof Keys ? who : deriveKeys(who, options);

// client/src/entries.js
var noEntries = () => ({ larimar: 1, entries: [] });
function parseEntries(plaintext) {
  try {
    const value = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(plaintext));
    return value?.larimar === 1 && Array.isArray(value.entries) && value.entries.every(isEntry) ? value : null;
  } catch {
    return null;
  }
}
var entriesToBytes = (entries) => utf8(JSON.stringify(entries));
var newEntryId = () => toHex(crypto.getRandomValues(new Uint8Array(8)));
function mergeEntries(base, mine, theirs) {
  const [before, ours, others] = [base ?? noEntries(), mine, theirs].map(
    ({ entries }) => new Map(entries.map((entry) => [entry.id, entry]))
  );
  const clashes = [];
  const merged = [];
  for (const id of new Set([...mine.entries, ...theirs.entries].map((entry) => entry.id))) {
    const [was, my, their] = [before?.get(id) ?? null, ours?.get(id) ?? null, others?.get(id) ?? null];
    const chosen2 = equal(my, was) ? their : my;
    if (equal(my, was) || equal(their, was) || equal(my, their)) {
      if (chosen2) merged.push(chosen2);
    } else {
      clashes.push({ id, base: was, mine: my, theirs: their });
      const kept = my ?? their;
      if (kept) merged.push(kept);
    }
  }
  const rest = { ...mine, ...theirs };
  for (const name of Object.keys(mine)) {
    if (equal(theirs[name], base?.[name])) rest[name] = mine[name];
  }
  return { merged: { ...rest, larimar: 1, entries: merged }, clashes };
}
function isEntry(value) {
  return typeof value === "object" && value !== null && typeof value.id === "string" && typeof value.name === "string" && typeof value.secret === "string" && (value.note === void 0 || typeof value.note === "string") && (value.updated === void 0 || typeof value.updated === "string");
}
function equal(a4, b2) {
  if (a4 === b2) return true;
  if (typeof a4 !== "object" || typeof b2 !== "object" || a4 === null || b2 === null || Array.isArray(a4) !== Array.isArray(b2)) return false;
  const [left, right] = [Object.entries(a4), Object.keys(b2)];
  return left.length === right.length && left.every(([name, value]) => name in b2 && equal(
    value,
    /** @type {any} */
    b2[name]
  ));
}

// client/src/report.js
var VERDICTS = { WrongAnswer: "lying", Tampered: "lying", NotSealed: "lying", Conflict: "conflict", Stale: "conflict", WalletNotFound: "behind", InvalidCode: "behind" };
var lineOf = (server, took) => ({ server, verdict: "ok", took, head: null, updated: null, error: null, was: null, repaired: false });
function failed(line, error) {
  const { was } = error.data;
  return { ...line, verdict: VERDICTS[error.code] ?? "down", error, was: was === "moved" || was === "deleted" ? was : null };
}
var writeLines = (report, head, before = []) => report.map((answer, index) => {
  const line = lineOf(answer.server, answer.took);
  if (answer.outcome === "answered") return { ...line, head };
  return answer.outcome === "failed" ? failed(line, answer.error) : before[index] ?? line;
});
var needsACode = ({ verdict, head }) => verdict === "behind" && head === null;
var errorsOf = (report) => report.flatMap((one) => one.outcome === "failed" ? [one.error] : []);
var isRefusal = (error) => error.rpcCode !== void 0 && error.code !== "Internal";
function advice({ verdict, head, repaired, was }) {
  switch (verdict) {
    case "ok":
      return null;
    case "behind":
      if (repaired) return "was behind, and is brought up to date";
      if (was === "moved") return "the password was changed there: use the new one, or finish the change";
      if (was === "deleted") return "the wallet was deleted there: a code brings it back";
      return head ? "it is brought up to date the next time it answers and there is nothing to choose" : "it has no such wallet: a code makes it there";
    case "conflict":
      return "it has a change that the others do not have: compare, then choose";
    case "lying":
      if (repaired) return "it went back in time, and is brought up to date: ask its operator what happened, and leave it if it happens again";
      return "do not believe it: ask its operator, or take another server in its place";
    case "down":
      return "try again later; if it stays, take another server in its place";
  }
}

// client/src/rpc.js
var MOST_BYTES = 8 * 1024 * 1024;
var lastId = 0;
async function call(address, method, params, shape, options) {
  const id = ++lastId;
  const body = JSON.stringify({ jsonrpc: "2.0", id, method, params });
  for (let attempt = 0; ; attempt++) {
    options.signal?.throwIfAborted();
    try {
      return read(address, id, await post(address, body, options), shape);
    } catch (error) {
      const pause = waitBefore(error, attempt, options);
      if (pause === void 0) throw error;
      await sleep(pause, options.signal);
    }
  }
}
function waitBefore(error, attempt, { retries, patience }) {
  if (!LarimarError.is(error) || attempt >= retries) return void 0;
  const { retryAfter } = error;
  if (retryAfter !== void 0) return retryAfter <= patience ? retryAfter * 1e3 : void 0;
  return error.isOffline ? 250 * 4 ** attempt * (1 + Math.random()) : void 0;
}
async function post(address, body, { timeout, signal, fetch: fetch2 }) {
  const late = AbortSignal.timeout(timeout);
  try {
    const response = await fetch2(address.http, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
      signal: signal ? AbortSignal.any([signal, late]) : late,
      credentials: "omit",
      cache: "no-store",
      redirect: "error",
      referrerPolicy: "no-referrer"
    });
    const text = await bounded(address, response);
    if (response.ok || response.status === 400 && text.startsWith("{")) return text;
    throw new LarimarError("HttpStatus", `${address.name} answered with HTTP status ${response.status}. ${advice2(response.status)}`, {
      server: address.name,
      status: response.status
    });
  } catch (cause) {
    if (LarimarError.is(cause)) throw cause;
    signal?.throwIfAborted();
    if (late.aborted) {
      const message2 = `${address.name} did not answer in time. It may have done what it was asked for; asking again is safe.`;
      throw new LarimarError("Timeout", message2, { server: address.name, cause });
    }
    const message = `${address.name} cannot be reached. Check the network, then try again.`;
    throw new LarimarError("Transport", message, { server: address.name, cause });
  }
}
async function bounded(address, response) {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  const reader = response.body?.getReader();
  for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read()) {
    bytes += piece.value.length;
    if (bytes > MOST_BYTES) {
      await reader?.cancel();
      throw unreadable(address, "more than 8 MiB");
    }
    text += decoder.decode(piece.value, { stream: true });
  }
  return text + decoder.decode();
}
function read(address, id, text, shape) {
  const answer = object(address, parsed(address, text), "no object");
  if ("error" in answer) throw refused(address, object(address, answer["error"], "an error without a form"));
  if (answer["id"] !== id) throw unreadable(address, "an answer to another call");
  const result = object(address, answer["result"], "no result");
  for (const [name, kind] of Object.entries(shape)) {
    const value = result[name];
    const fits = kind === "array" ? Array.isArray(value) : value !== null && typeof value === kind;
    if (!fits) throw unreadable(address, `no ${name}`);
  }
  return result;
}
function refused(address, error) {
  const data = typeof error["data"] === "object" && error["data"] !== null ? (
    /** @type {Record<string, unknown>} */
    error["data"]
  ) : {};
  const code = isServerError(data["name"]) ? data["name"] : "UnknownError";
  const message = typeof error["message"] === "string" ? error["message"] : "The server refused without a reason.";
  const more = { server: address.name, data };
  return new LarimarError(code, message, typeof error["code"] === "number" ? { ...more, rpcCode: error["code"] } : more);
}
function parsed(address, text) {
  try {
    return JSON.parse(text);
  } catch {
    throw unreadable(address, "no JSON");
  }
}
function object(address, value, otherwise) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw unreadable(address, otherwise);
  return (
    /** @type {Record<string, unknown>} */
    value
  );
}
function unreadable(address, cause) {
  const message = `${address.name} gave an answer that is not of this protocol (${cause}). Check its address.`;
  return new LarimarError("Unreadable", message, { server: address.name });
}
function advice2(status) {
  if (status === 503) return "It has too many callers now. Try again in a minute.";
  if (status === 413) return "It takes less data at once. Remove something and try again.";
  if (status >= 500) return "Try again later, or ask its operator.";
  return "Check its address: this may be no Larimar server.";
}
function sleep(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const timer2 = setTimeout(() => {
      signal?.removeEventListener("abort", aborted);
      resolve();
    }, milliseconds);
    const aborted = () => {
      clearTimeout(timer2);
      reject(signal?.reason);
    };
    signal?.addEventListener("abort", aborted, { once: true });
  });
}

// client/src/changes.js
var LONGEST_PAUSE = 12e4;
var HEARTBEAT = 6e4;
var HEARTBEAT_ID = 2;
async function* watchChanges(address, WebSocket, publickey, { signal, pause = 1e3 } = {}) {
  let connectedBefore = false;
  let failures = 0;
  while (!signal?.aborted) {
    const socket = new Line(new WebSocket(address.webSocket), address);
    const stop = () => socket.close();
    signal?.addEventListener("abort", stop);
    const back = new AbortController();
    const reconnect = () => {
      failures = 0;
      socket.close();
      back.abort();
    };
    globalThis.addEventListener?.("online", reconnect);
    let connected = false;
    let atLeast = 0;
    try {
      await socket.subscribe(publickey);
      connected = true;
      failures = 0;
      yield { event: connectedBefore ? "reconnected" : "connected" };
      connectedBefore = true;
      for (let change = await socket.next(); change; change = await socket.next()) {
        yield change;
        if (change.event === "moved" || change.event === "deleted") return;
      }
    } catch (error) {
      if (signal?.aborted) return;
      const waits2 = LarimarError.is(error, "RateLimited") || LarimarError.is(error, "StoreUnavailable");
      if (!LarimarError.is(error) || !(error.isOffline || waits2)) throw error;
      atLeast = (error.retryAfter ?? 0) * 1e3;
    } finally {
      signal?.removeEventListener("abort", stop);
      socket.close();
    }
    if (signal?.aborted) return globalThis.removeEventListener?.("online", reconnect);
    if (connected) yield { event: "disconnected" };
    const wait = Math.min(pause * 2 ** failures++, LONGEST_PAUSE);
    const ends = signal ? AbortSignal.any([signal, back.signal]) : back.signal;
    await sleep(Math.max(atLeast, wait * (1 + Math.random() / 2)), ends).catch(() => {
    });
    globalThis.removeEventListener?.("online", reconnect);
  }
}
var AT_ONCE = 20;
var ONE_MORE = 6e4;
async function* changesOfAll(servers, publickey, { signal, ...options } = {}) {
  const queue = [];
  let wake = () => {
  };
  const ends = new AbortController();
  const both = signal ? AbortSignal.any([signal, ends.signal]) : ends.signal;
  both.addEventListener("abort", () => wake());
  let [connected, following, allowed, last] = [0, servers.length, AT_ONCE, Date.now()];
  let failure;
  const tell2 = (change) => {
    if (!queue.some(({ event }) => event === change.event)) queue.push(change);
    else if (change.event === "saved") queue.splice(queue.findIndex(({ event }) => event === "saved"), 1, change);
    wake();
  };
  const follow2 = async (server) => {
    try {
      for await (const change of server.changes(publickey, { ...options, signal: both })) {
        if (change.event === "disconnected") {
          if (--connected === 0) tell2(change);
        } else if (change.event === "connected") {
          if (++connected === 1) tell2(change);
        } else if (change.event === "saved") tell2(change);
        else {
          if (change.event === "reconnected") connected++;
          tell2({ event: "reconnected" });
        }
      }
    } catch (error) {
      failure = error;
    }
    following--;
    wake();
  };
  for (const server of servers) void follow2(server);
  try {
    while (!both.aborted) {
      const change = queue.shift();
      if (change) {
        allowed = Math.min(AT_ONCE, allowed + (Date.now() - last) / ONE_MORE) - 1;
        last = Date.now();
        if (allowed < 0) await sleep(-allowed * ONE_MORE, both).catch(() => {
        });
        if (!both.aborted) yield change;
      } else if (following === 0) break;
      else await /** @type {Promise<void>} */
      new Promise((resolve) => wake = resolve);
    }
  } finally {
    ends.abort();
  }
  if (failure && !signal?.aborted) throw failure;
}
async function untilReached(work, signal) {
  for (let pause = 1e3; !signal.aborted; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
    try {
      return void await work();
    } catch (error) {
      const waits2 = LarimarError.is(error) && (error.isOffline || error.retryAfter !== void 0 || error.code === "StoreUnavailable");
      if (!waits2) return;
      await sleep(Math.max(pause, (error.retryAfter ?? 0) * 1e3), signal).catch(() => {
      });
    }
  }
}
var Line = class {
  /** @type {Record<string, unknown>[]} */
  #messages = [];
  #closed = false;
  #heard = true;
  /** @type {ReturnType<typeof setInterval>} */
  #beating;
  #wake = () => {
  };
  /** @type {unknown} */
  #subscription;
  /**
   * @param {WebSocket} socket
   * @param {import("./address.js").Address} address
   */
  constructor(socket, address) {
    this.socket = socket;
    this.address = address;
    this.#beating = setInterval(() => this.#beat(), HEARTBEAT);
    socket.onmessage = ({ data }) => {
      const message = parsed2(data);
      this.#heard = true;
      if (message && message["id"] !== HEARTBEAT_ID) this.#messages.push(message);
      this.#wake();
    };
    socket.onclose = socket.onerror = () => {
      this.#closed = true;
      this.#wake();
    };
  }
  /** @param {string} publickey */
  async subscribe(publickey) {
    await /** @type {Promise<void>} */
    new Promise((resolve) => {
      this.socket.onopen = () => resolve();
      this.#wake = resolve;
    });
    if (this.#closed) throw this.#broken();
    this.socket.send(JSON.stringify({ jsonrpc: "2.0", id: 1, method: "subscribeWallet", params: { publickey } }));
    const answer = await this.#message();
    if (!answer) throw this.#broken();
    const { error } = answer;
    if (typeof error === "object" && error !== null) throw refused(
      this.address,
      /** @type {Record<string, unknown>} */
      error
    );
    if (answer["id"] !== 1) throw unreadable(this.address, "an answer to another call");
    this.#subscription = answer["result"];
  }
  /**
   * The next change; `undefined` when the connection is gone.
   * @returns {Promise<Extract<Change, { updated: string }> | undefined>}
   */
  async next() {
    for (let message = await this.#message(); message; message = await this.#message()) {
      const params = (
        /** @type {any} */
        message["params"]
      );
      if (message["method"] !== "walletChanged" || params?.subscription !== this.#subscription) continue;
      if (["saved", "moved", "deleted"].includes(params?.result?.event)) return params.result;
    }
    return void 0;
  }
  close() {
    this.#closed = true;
    clearInterval(this.#beating);
    this.#wake();
    this.socket.onmessage = this.socket.onclose = null;
    this.socket.onerror = () => {
    };
    this.socket.close();
  }
  /** Closes a connection on which nothing came since the last beat, not even the answer to it. */
  #beat() {
    if (!this.#heard || this.socket.readyState !== this.socket.OPEN) return this.close();
    this.#heard = false;
    this.socket.send(JSON.stringify({ jsonrpc: "2.0", id: HEARTBEAT_ID, method: "serverInfo" }));
  }
  /** @returns {Promise<Record<string, unknown> | undefined>} */
  async #message() {
    while (this.#messages.length === 0 && !this.#closed) {
      await /** @type {Promise<void>} */
      new Promise((resolve) => this.#wake = resolve);
    }
    return this.#messages.shift();
  }
  #broken() {
    const message = `${this.address.name} cannot be reached. Check the network; it is tried again.`;
    return new LarimarError("Transport", message, { server: this.address.name });
  }
};
function parsed2(data) {
  try {
    const message = JSON.parse(String(data));
    return typeof message === "object" && message !== null ? message : void 0;
  } catch {
    return void 0;
  }
}

// client/src/server.js
var Server = class {
  /** @type {Required<Omit<ServerOptions, "WebSocket">> & { WebSocket: typeof globalThis.WebSocket | undefined }} */
  #options;
  /** @type {Address} */
  #address;
  /**
   * @param {string | URL} url `https://...`; `http://` on the loopback only
   * @param {ServerOptions} [options]
   * @throws {LarimarError} `InvalidUrl`, `InsecureUrl`
   */
  constructor(url, options = {}) {
    this.#address = new Address(url);
    this.#options = {
      timeout: 3e4,
      retries: 2,
      patience: 10,
      fetch: globalThis.fetch.bind(globalThis),
      WebSocket: globalThis.WebSocket,
      ...options
    };
  }
  /** Host, and port unless it is the scheme's. */
  get name() {
    return this.#address.name;
  }
  /** Its URL. */
  get url() {
    return this.#address.http;
  }
  /**
   * Has a code sent by e-mail. The answer does not tell whether the address has a wallet.
   * @param {string} email
   * @param {CallOptions} [options]
   * @returns {Promise<CodeSent>}
   */
  requestCode(email, options) {
    return this.#call("requestCode", { email }, { expires_in: "number", retry_after: "number" }, { ...options, retries: 0 });
  }
  /**
   * @param {{ code: string, encrypted_data: string, signature: string, publickey?: string, replace?: boolean }} params
   * @param {CallOptions} [options]
   * @returns {Promise<Created>}
   */
  createWallet(params, options) {
    return this.#call("createWallet", params, { ...STORED, created: "string" }, options);
  }
  /**
   * What is stored under a key, and who has been asking; without the data if it is the one with this hash.
   * @param {string} publickey
   * @param {string} [local_hash]
   * @param {CallOptions} [options]
   * @returns {Promise<Fetched>}
   */
  fetchWallet(publickey, local_hash, options) {
    return this.#call("fetchWallet", { publickey, local_hash }, FETCHED, options);
  }
  /**
   * @param {{ encrypted_data: string, signature: string, original_local_hash?: string }} params
   * @param {CallOptions} [options]
   * @returns {Promise<Saved>}
   */
  saveWallet(params, options) {
    return this.#call("saveWallet", params, STORED, options);
  }
  /**
   * @param {{ encrypted_data: string, old_signature: string, new_signature: string, original_local_hash?: string }} params
   * @param {CallOptions} [options]
   * @returns {Promise<Saved>} of the new key
   */
  changePassword(params, options) {
    return this.#call("changePassword", params, STORED, options);
  }
  /**
   * @param {{ local_hash: string, signature: string }} params
   * @param {CallOptions} [options]
   * @returns {Promise<{ deleted: true }>}
   */
  deleteWallet(params, options) {
    return this.#call("deleteWallet", params, { deleted: "boolean" }, options);
  }
  /**
   * @param {string} publickey
   * @param {CallOptions} [options]
   * @returns {Promise<{ versions: Version[] }>} newest first
   */
  listVersions(publickey, options) {
    return this.#call("listVersions", { publickey }, { versions: "array" }, options);
  }
  /**
   * @param {string} publickey
   * @param {string} local_hash
   * @param {CallOptions} [options]
   * @returns {Promise<FetchedVersion>}
   */
  fetchVersion(publickey, local_hash, options) {
    return this.#call("fetchVersion", { publickey, local_hash }, VERSION, options);
  }
  /**
   * @param {CallOptions} [options]
   * @returns {Promise<ServerInfo>}
   */
  serverInfo(options) {
    return this.#call("serverInfo", {}, INFO, options);
  }
  /**
   * The OpenRPC document of all methods.
   * @param {CallOptions} [options]
   * @returns {Promise<Record<string, unknown>>}
   */
  discover(options) {
    return this.#call("rpc.discover", {}, { openrpc: "string" }, options);
  }
  /**
   * Tells of every change of a wallet, over a WebSocket that is opened again when it breaks, until the signal ends it or
   * the wallet is gone.
   *
   * ```js
   * for await (const change of server.changes(publicKey, { signal })) {
   *   if (change.event === "saved" || change.event === "reconnected") await wallet.sync();
   * }
   * ```
   * @param {string} publickey
   * @param {import("./changes.js").ChangesOptions} [options]
   * @returns {AsyncGenerator<import("./changes.js").Change, void, void>}
   * @throws {LarimarError} `WalletNotFound`; `Unsupported` without WebSockets
   */
  changes(publickey, options) {
    const { WebSocket } = this.#options;
    if (!WebSocket) throw new LarimarError("Unsupported", "There are no WebSockets here: give one in the options.");
    return watchChanges(this.#address, WebSocket, publickey, options);
  }
  /**
   * @template T
   * @param {string} method
   * @param {Record<string, unknown>} params
   * @param {import("./rpc.js").Shape} shape
   * @param {CallOptions & { retries?: number }} [options]
   * @returns {Promise<T>}
   */
  async #call(method, params, shape, options) {
    const result = await call(this.#address, method, params, shape, { ...this.#options, ...options });
    return (
      /** @type {T} */
      result
    );
  }
};
var STORED = { publickey: "string", local_hash: "string", updated: "string" };
var FETCHED = { modified: "boolean", local_hash: "string", created: "string", updated: "string", statistics: "object" };
var VERSION = { encrypted_data: "string", local_hash: "string", saved: "string" };
var INFO = { name: "string", version: "string", protocol: "number", time: "string", names: "array", limits: "object", methods: "array" };

// client/src/servers.js
var OF_THE_SERVER = /* @__PURE__ */ new Set([
  ...["Transport", "Timeout", "HttpStatus", "Unreadable", "WrongAnswer", "Tampered", "NotSealed", "RolledBack"],
  ...["Internal", "StoreUnavailable", "MailFailed"]
]);
var Servers = class {
  /** @type {(number | null)[]} */
  #failed;
  /**
   * @param {(Server | string | URL)[]} members in the order in which reports have them; none twice
   * @param {ServersOptions & import("./server.js").ServerOptions} [options] those of a `Server` hold for each URL
   * @throws {LarimarError} `InvalidServers`, and those of `Server`
   */
  constructor(members, { quorum, deadline = 1e4, deadlineOfDown = 1e3, downFor = 6e4, ...options } = {}) {
    this.members = Object.freeze(members.map((member) => member instanceof Server ? member : new Server(member, options)));
    const { length } = this.members;
    this.quorum = quorum ?? Math.floor(length / 2) + 1;
    if (length === 0) throw invalid2("At least one server is needed.");
    const twice = this.names.find((name, index) => this.names.indexOf(name) !== index);
    if (twice !== void 0) throw invalid2(`${twice} is given more than once: each server counts once.`);
    if (!Number.isInteger(this.quorum) || this.quorum < 1 || this.quorum > length) {
      throw invalid2(`A quorum is from 1 to the number of servers, ${length}.`);
    }
    this.patience = { deadline, deadlineOfDown, downFor };
    this.#failed = this.members.map(() => null);
  }
  /** Their names: host, and port unless it is the scheme's. */
  get names() {
    return this.members.map(({ name }) => name);
  }
  /** All names, for people. */
  get name() {
    return this.names.join(", ");
  }
  /** Where this server stands in the list. @param {string} name @throws {LarimarError} `NoSuchServer` */
  indexOf(name) {
    const index = this.names.indexOf(name);
    if (index < 0) throw new LarimarError("NoSuchServer", `${name} is none of the configured servers.`, { server: name });
    return index;
  }
  /** Whether this one failed lately, and nothing better is known since. @param {number} index */
  isDown(index) {
    const since = this.#failed[index];
    return typeof since === "number" && Date.now() - since < this.patience.downFor;
  }
  /** This one failed then, as somebody else found out: the page before it was loaded anew, say. @param {number} index @param {number} [when] */
  noteDown(index, when = Date.now()) {
    this.#failed[index] = when;
  }
  /**
   * One after the other, in another order each time, until one answers or refuses. Those that were just down come last.
   * @template T
   * @param {(server: Server, ask: Ask) => Promise<T>} call
   * @param {CallOptions} [options]
   * @returns {Promise<{ answer: T, server: Server, report: Answer<T>[] }>}
   * @throws {LarimarError} what the last one said, with `data.report`
   */
  async failover(call2, options) {
    const report = this.#unasked();
    const order = shuffled(this.members.length);
    let last = invalid2("At least one server is needed.");
    for (const index of [...order.filter((one) => !this.isDown(one)), ...order.filter((one) => this.isDown(one))]) {
      const answer = report[index] = await this.#ask(index, call2, options);
      if (answer.outcome === "answered") return { answer: answer.answer, server: this.#member(index), report };
      if (answer.outcome !== "failed") continue;
      last = answer.error;
      if (!OF_THE_SERVER.has(last.code)) break;
    }
    throw last;
  }
  /**
   * Asks all servers at once, and comes back as soon as a quorum gave the same answer, or cannot any more. For writes: what was begun goes on at the
   * other servers, and without a quorum it is not refused but *unknown*, to be said again with the same bytes.
   * @template T
   * @param {(server: Server, ask: Ask) => Promise<T>} call
   * @param {(answer: T) => unknown} key what has to be the same
   * @param {CallOptions} [options]
   * @returns {Promise<{ agreed: number[], report: Answer<T>[], whole: Promise<Answer<T>[]> }>} `agreed`: who gave the answer of the quorum, empty if there is
   *   none; `report`: what was heard until then; `whole`: what came of all of them
   */
  consensus(call2, key, options) {
    const groups = /* @__PURE__ */ new Map();
    return new Promise((resolve, reject) => {
      const decide = (index, report) => {
        const heard = report[index];
        if (heard?.outcome === "answered") groups.set(key(heard.answer), [...groups.get(key(heard.answer)) ?? [], index]);
        const most = [...groups.values()].reduce(
          (one, other) => other.length > one.length ? other : one,
          /** @type {number[]} */
          []
        );
        const pending = report.filter(({ outcome }) => outcome === "pending").length;
        if (most.length >= this.quorum) resolve({ agreed: most, report: [...report], whole });
        else if (most.length + pending < this.quorum) resolve({ agreed: [], report: [...report], whole });
      };
      const whole = this.each(() => true, call2, options, decide);
      whole.catch(reject);
    });
  }
  /**
   * Asks all servers at once, each until its deadline, and finds the answers of the highest rank.
   *
   * `rank` is `null` for an answer that is not to be believed. It should look at what the server cannot make up, such as a revision that the owner sealed;
   * whoever ranks by a server's own word, such as a time, lets any server win.
   * @template T
   * @param {(server: Server, ask: Ask) => Promise<T>} call
   * @param {(answer: T) => number | null} rank
   * @param {CallOptions} [options]
   * @returns {Promise<{ newest: number[], answer: T | undefined, report: Answer<T>[] }>} `newest`: the servers that have it, empty if no answer was believed
   */
  async newest(call2, rank, options) {
    const report = await this.each(() => true, call2, options);
    const ranks = report.map((one) => one.outcome === "answered" ? rank(one.answer) : null);
    const highest = Math.max(...ranks.map((one) => one ?? -Infinity));
    const newest2 = ranks.flatMap((one, index) => one !== null && one === highest ? [index] : []);
    const first2 = report[newest2[0] ?? -1];
    return { newest: newest2, answer: first2?.outcome === "answered" ? first2.answer : void 0, report };
  }
  /**
   * Asks some of them at once, and waits for all of those, each until its deadline.
   * @template T
   * @param {(index: number) => boolean} whom
   * @param {(server: Server, ask: Ask) => Promise<T>} call
   * @param {CallOptions} [options]
   * @param {(index: number, report: Answer<T>[]) => void} [heard] told of each answer as it comes
   * @returns {Promise<Answer<T>[]>}
   */
  async each(whom, call2, options, heard = () => {
  }) {
    const report = (
      /** @type {Answer<T>[]} */
      this.names.map((server, index) => ({ server, took: null, outcome: whom(index) ? "pending" : "unasked" }))
    );
    const asked2 = shuffled(this.members.length).filter(whom);
    await Promise.all(
      asked2.map(async (index) => {
        report[index] = await this.#ask(index, call2, options);
        heard(index, report);
      })
    );
    return report;
  }
  /**
   * One server, until its deadline; how it is, is remembered.
   * @template T
   * @param {number} index
   * @param {(server: Server, ask: Ask) => Promise<T>} call
   * @param {CallOptions} [options]
   * @returns {Promise<Answer<T>>}
   */
  async #ask(index, call2, { signal } = {}) {
    signal?.throwIfAborted();
    const server = this.#member(index);
    const { deadline, deadlineOfDown } = this.patience;
    const late = new AbortController();
    const timer2 = setTimeout(() => late.abort(), this.isDown(index) ? Math.min(deadlineOfDown, deadline) : deadline);
    const ends = signal ? AbortSignal.any([signal, late.signal]) : late.signal;
    const over = new Promise((_3, reject) => ends.addEventListener("abort", () => reject(ends.reason), { once: true }));
    const began = performance.now();
    let heard;
    try {
      const answer = (
        /** @type {T} */
        await Promise.race([call2(server, { signal: ends }), over])
      );
      heard = { server: server.name, took: 0, outcome: "answered", answer };
    } catch (error) {
      signal?.throwIfAborted();
      if (!LarimarError.is(error) && !late.signal.aborted) throw error;
      const message = `${server.name} did not answer in time. It may have done what it was asked for; asking again is safe.`;
      heard = { server: server.name, took: 0, outcome: "failed", error: LarimarError.is(error) ? error : new LarimarError("Timeout", message, { server: server.name }) };
    } finally {
      clearTimeout(timer2);
    }
    this.#failed[index] = heard.outcome === "failed" && OF_THE_SERVER.has(heard.error.code) ? Date.now() : null;
    return { ...heard, took: Math.round(performance.now() - began) };
  }
  /** @param {number} index */
  #member(index) {
    return (
      /** @type {Server} */
      this.members[index]
    );
  }
  #unasked() {
    return this.names.map((server) => (
      /** @type {Answer<any>} */
      { server, took: null, outcome: "unasked" }
    ));
  }
};
function shuffled(length) {
  const order = Array.from({ length }, (_3, index) => index);
  for (let last = length - 1; last > 0; last--) {
    const other = Math.floor(Math.random() * (last + 1));
    [order[last], order[other]] = [
      /** @type {number} */
      order[other],
      /** @type {number} */
      order[last]
    ];
  }
  return order;
}
var invalid2 = (message) => new LarimarError("InvalidServers", message);

// client/src/trust.js
async function openBlob(server, keys, blob, { created, updated }) {
  try {
    const { revision, plaintext } = await keys.open(blob);
    return { blob, hash: toHex(blobDigest(blob)), revision, plaintext, created, updated };
  } catch (error) {
    if (!LarimarError.is(error)) throw error;
    throw new LarimarError(error.code, `${server.name}: ${error.message}`, { server: server.name, cause: error });
  }
}
async function openAnswer(server, keys, { encrypted_data, local_hash, created = "", updated = "" }) {
  const blob = decoded(server, encrypted_data);
  if (toHex(blobDigest(blob)) !== local_hash) throw liar(server, "its data is not what its hash says");
  return openBlob(server, keys, blob, { created, updated });
}
function decoded(server, encrypted_data) {
  if (encrypted_data === void 0) throw liar(server, "it answered without the data");
  try {
    return fromBase64(encrypted_data);
  } catch {
    throw liar(server, "its data is not base64");
  }
}
function confirm(server, answer, keys, blob) {
  if (answer.publickey !== keys.publicKey) throw liar(server, "it stored this under another key");
  if (answer.local_hash !== toHex(blobDigest(blob))) throw liar(server, "it stored something else");
}
function liar(server, what) {
  const message = `${server.name} cannot be trusted: ${what}. Nothing of this answer was used; ask its operator.`;
  return new LarimarError("WrongAnswer", message, { server: server.name });
}

// client/src/keeper.js
var One = class {
  /**
   * @param {Server} server
   * @param {Keys} keys
   */
  constructor(server, keys) {
    this.server = server;
    this.keys = keys;
  }
  get name() {
    return this.server.name;
  }
  /** What this server's wallets are remembered under, others are not. @param {import("./device.js").Device} _ */
  async inherit(_3) {
  }
  /** @returns {import("./federation.js").Shown | null} */
  get report() {
    return null;
  }
  /** On one server nothing is beside what it has. @param {string[]} _ @returns {Head[]} */
  having(_3) {
    return [];
  }
  /**
   * What the server stores, to be opened; it is not sent if it is what is known.
   * @param {State | null} known
   * @param {CallOptions} [options]
   * @returns {Promise<Looked>}
   */
  async look(known, options) {
    const found = await this.server.fetchWallet(this.keys.publicKey, known?.hash, options);
    return { statistics: found.statistics, open: async () => ({ opened: await this.#opened(found, known), others: [], held: true }) };
  }
  /**
   * What the server stores, as it says it.
   * @param {CallOptions} [options]
   */
  ask(options) {
    return this.server.fetchWallet(this.keys.publicKey, void 0, options);
  }
  /**
   * @param {Sealed} sealed
   * @param {Head[]} base what it was made from, the newest first
   * @param {CallOptions} [options]
   * @returns {Promise<{ updated: string }>}
   */
  async save({ blob }, [base], options) {
    const params = { encrypted_data: toBase64(blob), signature: this.keys.sign(blobDigest(blob)) };
    const answer = await this.server.saveWallet(base ? { ...params, original_local_hash: base.hash } : params, options);
    confirm(this.server, answer, this.keys, blob);
    return answer;
  }
  /**
   * @param {Sealed} sealed
   * @param {{ code: string | Record<string, string>, replace: boolean }} with_ codes by name, or the one
   * @param {CallOptions} [options]
   * @returns {Promise<{ created: string, updated: string }>}
   */
  async create({ blob }, with_, options) {
    const answer = await this.server.createWallet(creation(this.keys, blob, { ...with_, code: codeOf(with_.code, this.name) ?? "" }), options);
    confirm(this.server, answer, this.keys, blob);
    return answer;
  }
  /**
   * @param {Head} stored
   * @param {CallOptions} [options]
   */
  async remove({ hash }, options) {
    const { deleted } = await this.server.deleteWallet(await deletion(this.server, this.keys, hash, options), options);
    if (!deleted) throw liar(this.server, "it says that it did not delete, and gives no reason");
  }
  /** @param {CallOptions} [options] */
  async versions(options) {
    return (await this.server.listVersions(this.keys.publicKey, options)).versions;
  }
  /**
   * @param {string} hash
   * @param {CallOptions} [options]
   */
  version(hash, options) {
    return openVersion(this.server, this.keys, hash, options);
  }
  /** @param {import("./changes.js").ChangesOptions} [options] */
  changes(options) {
    return this.server.changes(this.keys.publicKey, options);
  }
  /**
   * @param {import("./server.js").Fetched} found
   * @param {State | null} known
   * @returns {Promise<State>}
   */
  async #opened(found, known) {
    const { created, updated } = found;
    if (found.modified) return openAnswer(this.server, this.keys, found);
    if (!known || found.local_hash !== known.hash) throw liar(this.server, "it says that nothing changed, and names another hash");
    return { ...known, created, updated };
  }
};
async function openVersion(server, keys, hash, options) {
  const found = await server.fetchVersion(keys.publicKey, hash, options);
  if (found.local_hash !== hash) throw liar(server, "it sent another version than the one it was asked for");
  const { plaintext, revision } = await openAnswer(server, keys, found);
  return { plaintext, revision, saved: found.saved };
}
function creation(keys, blob, { code, replace }) {
  const params = { code, encrypted_data: toBase64(blob), signature: keys.sign(blobDigest(blob)), publickey: keys.publicKey };
  return replace ? { ...params, replace } : params;
}
async function deletion(server, keys, local_hash, options) {
  const { names } = await server.serverInfo(options);
  if (!names.includes(server.name)) {
    const message = `${server.name} is not one of this server's names (${names.join(", ")}), so it would not take the deletion. Call it by one of them.`;
    throw new LarimarError("ServerNameNotListed", message, { server: server.name });
  }
  return { local_hash, signature: keys.sign(deleteWalletDigest(server.name, local_hash)) };
}
var codeOf = (codes, server) => typeof codes === "string" ? codes : codes[server];

// client/src/revisions.js
var FARTHEST = 2 ** 40;
var FARTHEST_OF_SEVERAL = 2 ** 20;
var Revisions = class {
  /** The highest that opened here. */
  highest = 0;
  /** The highest that a server spoke of. */
  #told = 0;
  #farthest;
  /** @param {number} farthest how far above it a server is believed */
  constructor(farthest) {
    this.#farthest = farthest;
  }
  get next() {
    return Math.max(this.highest, this.#told) + 1;
  }
  /** @param {number} revision that opened here */
  saw(revision) {
    this.highest = Math.max(this.highest, revision);
  }
  /** @param {unknown} revision that the server spoke of */
  hear(revision) {
    if (typeof revision !== "number" || !Number.isSafeInteger(revision) || revision > this.highest + this.#farthest) return;
    this.#told = Math.max(this.#told, revision);
  }
  /**
   * @template {{ revision: number }} T
   * @param {T} found
   * @param {string} server its name
   * @throws {LarimarError} `RolledBack`
   */
  notOlder(found, server) {
    const { revision } = found;
    if (revision >= this.highest) return found;
    const message = `${server} went back in time: it has revision ${revision}, and had ${this.highest}. Keep what you have, and ask its operator.`;
    throw new LarimarError("RolledBack", message, { server, data: { revision, seen: this.highest } });
  }
};

// client/src/statistics.js
var SAME_WITHIN = 1e4;
var AHEAD = 36e5;
function formed(said) {
  const { updated, fetches, addresses, recent } = (
    /** @type {any} */
    said ?? {}
  );
  if (typeof updated !== "string" || typeof fetches !== "number" || !Array.isArray(addresses) || !Array.isArray(recent)) return null;
  const texts = (one, names) => typeof one === "object" && one !== null && names.every((name) => typeof one[name] === "string");
  const isPast = (time) => Date.parse(time) <= Date.now() + AHEAD;
  return {
    updated,
    fetches,
    addresses: addresses.filter((one) => texts(one, ["ip", "first", "last"]) && typeof one.requests === "number" && isPast(one.last)),
    recent: recent.filter((one) => texts(one, ["time", "ip", "method", "outcome"]) && isPast(one.time))
  };
}
function together(all) {
  const addresses = /* @__PURE__ */ new Map();
  for (const seen of all.flatMap((one) => one.addresses)) {
    const known = addresses.get(seen.ip);
    const { requests, first: first2, last } = seen;
    addresses.set(seen.ip, known ? { ip: seen.ip, requests: Math.max(requests, known.requests), first: first2 < known.first ? first2 : known.first, last: last > known.last ? last : known.last } : seen);
  }
  return {
    updated: all.map(({ updated }) => updated).sort().at(-1) ?? "",
    fetches: Math.max(0, ...all.map(({ fetches }) => fetches)),
    addresses: [...addresses.values()].sort((a4, b2) => a4.last < b2.last ? 1 : -1),
    recent: recentOf(all.map(({ recent }) => recent))
  };
}
function recentOf(lists) {
  let merged = [];
  for (const list of lists) {
    const taken = /* @__PURE__ */ new Set();
    const fresh = list.filter((access) => {
      const same2 = merged.find((one) => !taken.has(one) && isSame(one, access));
      if (same2) taken.add(same2);
      return !same2;
    });
    merged = [...merged, ...fresh];
  }
  return merged.sort((a4, b2) => a4.time < b2.time ? 1 : -1);
}
var isSame = (a4, b2) => a4.ip === b2.ip && a4.method === b2.method && a4.outcome === b2.outcome && Math.abs(Date.parse(a4.time) - Date.parse(b2.time)) <= SAME_WITHIN;

// client/src/seats.js
async function seatsOf(servers, keys, heads, options) {
  const ask = async (server, within) => {
    const found = await server.fetchWallet(keys.publicKey, void 0, within);
    return { content: await openAnswer(server, keys, found), statistics: formed(found.statistics) };
  };
  const report = await servers.each(() => true, ask, options);
  return report.map((answer) => {
    const line = lineOf(answer.server, answer.took);
    if (answer.outcome === "failed") return unopened(failed(line, answer.error));
    if (answer.outcome !== "answered") return { line, has: "silent", content: null, statistics: null };
    const { content, statistics } = answer.answer;
    const head = headOf(content);
    const known = heads[answer.server];
    const back = known && (head.revision < known.revision || head.revision === known.revision && head.hash !== known.hash);
    return { line: { ...line, verdict: back ? "lying" : "ok", head, updated: content.updated }, has: "content", content, statistics };
  });
}
function unopened(line) {
  const code = line.error?.code;
  const has = code === "WalletNotFound" ? "nothing" : code === "Tampered" || code === "NotSealed" || code === "WrongAnswer" ? "other" : "silent";
  return { line, has, content: null, statistics: null };
}
function got(seat, content) {
  seat.line = { ...seat.line, head: headOf(content), error: null, was: null, repaired: true };
  seat.has = "content";
  seat.content = content;
}
function refused2(seat, error) {
  seat.line = { ...seat.line, error };
}
var headOf = ({ revision, hash }) => ({ revision, hash });

// client/src/copies.js
var Copies = class {
  /** @type {State | null} */
  stored = null;
  /** @type {Mine | null} */
  mine = null;
  /** @type {State | null} */
  theirs = null;
  /** @type {LarimarError | null} */
  problem = null;
  /** @type {import("./server.js").Statistics | null} */
  statistics = null;
  saving = false;
  online = true;
  /** How often something of another device was taken. */
  taken = 0;
  #revisions;
  /** Contents that the owner has looked at, beside what is stored: what the next save may replace. @type {Map<string, import("./report.js").Head>} */
  #looked = /* @__PURE__ */ new Map();
  /** One change of the copies after the other; none of them waits for the network.
   * @type {Promise<unknown>} */
  #local = Promise.resolve();
  /**
   * @param {import("./keeper.js").Keeper} keeper
   * @param {Keys} keys
   * @param {import("./device.js").Device} device
   * @param {(what: "state" | "change") => void} tell
   */
  constructor(keeper, keys, device, tell2) {
    this.keeper = keeper;
    this.#revisions = new Revisions(keeper instanceof One ? FARTHEST : FARTHEST_OF_SEVERAL);
    this.keys = keys;
    this.device = device;
    this.tell = tell2;
  }
  /** What is shown: unsaved changes first. */
  get held() {
    return this.mine ?? this.stored;
  }
  /** @returns {SaveState} */
  get state() {
    if (this.theirs) return "conflict";
    if (this.saving) return "saving";
    return this.mine ? "unsaved" : "saved";
  }
  get nextRevision() {
    return this.#revisions.next;
  }
  /** @returns {Conflict | null} */
  get conflict() {
    const { stored, mine, theirs } = this;
    if (!theirs || !mine) return null;
    const base = stored && stored.revision < theirs.revision ? stored.plaintext.slice() : null;
    return { base, mine: mine.plaintext.slice(), theirs: theirs.plaintext.slice(), updated: theirs.updated, hash: theirs.hash };
  }
  /** Takes what this device remembers. */
  recall() {
    return this.locally(async () => {
      await this.keeper.inherit(this.device);
      const remembered = await this.device.recall();
      this.#revisions.saw(remembered?.highest ?? 0);
      const stored = remembered?.stored;
      if (stored) this.stored = await openBlob(this.keeper, this.keys, stored.blob, stored).catch(() => null);
      await this.#adopt();
    });
  }
  /** The revisions that a wallet under this key had before, as far as this device remembers. */
  async recallHighest() {
    await this.keeper.inherit(this.device);
    this.#revisions.saw((await this.device.recall())?.highest ?? 0);
  }
  /** Takes over the changes of a window that is gone, if there are any and none of its own. */
  adopt() {
    return this.locally(() => this.#adopt());
  }
  /**
   * Takes a change; it is remembered, sealed, when this comes back.
   * @param {Uint8Array | ((held: Uint8Array) => Uint8Array)} change
   */
  edit(change) {
    const { taken, stored: base } = this;
    return this.locally(async () => {
      const plaintext = typeof change === "function" ? change(this.held?.plaintext.slice() ?? new Uint8Array()) : change.slice();
      const { stored, theirs, mine } = this;
      const sent = mine?.sent ?? [];
      if (!theirs && sent.length === 0 && stored && same(plaintext, stored.plaintext)) return this.#setMine(null);
      if (typeof change !== "function" && taken !== this.taken && base && stored && !theirs) {
        this.stored = base;
        this.theirs = stored;
      }
      await this.#setMine({ plaintext, sent });
    });
  }
  /**
   * Fetches what the server stores; true if what is held was changed by that.
   * @param {CallOptions} [options]
   */
  async pull(options) {
    const known = this.theirs ?? this.stored;
    const looked = await this.reach(() => this.keeper.look(known, options));
    this.statistics = looked.statistics;
    try {
      const { opened: opened2, others, held } = await looked.open();
      this.#revisions.notOlder(opened2, this.keeper.name);
      return await this.locally(async () => {
        const changed = await this.#take(opened2, held);
        for (const other of others) await this.#face(other);
        return changed;
      });
    } catch (error) {
      if (LarimarError.is(error)) this.problem = error;
      this.tell("state");
      throw error;
    }
  }
  /**
   * Stores what is not stored yet; true if the server has it, false if it is a conflict.
   * @param {CallOptions} [options]
   */
  async push(options) {
    if (this.problem) throw this.problem;
    this.saving = true;
    this.tell("state");
    try {
      for (let refused3 = 0; this.mine && !this.theirs; ) {
        try {
          await this.#send(options);
        } catch (error) {
          const other = LarimarError.is(error, "Conflict") || LarimarError.is(error, "Stale");
          if (!other || ++refused3 > 3) throw error;
          await this.pull(options);
        }
      }
      return !this.theirs;
    } finally {
      this.saving = false;
      this.tell("state");
    }
  }
  /**
   * Stores what is held over what the server has, unless that can be trusted: then it is taken.
   * @param {CallOptions} [options]
   */
  async repair(options) {
    const { keeper } = this;
    if (!(keeper instanceof One)) return void await this.pull(options);
    const found = await this.reach(() => keeper.ask(options));
    try {
      const opened2 = this.#revisions.notOlder(await openAnswer(keeper, this.keys, found), keeper.name);
      return void await this.locally(() => this.#take(opened2));
    } catch (error) {
      const repairable = ["RolledBack", "Tampered", "NotSealed"];
      if (!LarimarError.is(error) || !repairable.includes(error.code)) throw error;
    }
    this.#revisions.hear(revisionOf(decoded(keeper, found.encrypted_data)));
    await this.locally(() => this.#setMine({ plaintext: this.held?.plaintext ?? new Uint8Array(), sent: [] }));
    await this.#send(options, { hash: found.local_hash, revision: 0 });
  }
  /**
   * Ends this conflict; false if one of its sides is another by now.
   * @param {Conflict} conflict
   * @param {Uint8Array} plaintext
   */
  resolve(conflict2, plaintext) {
    return this.locally(async () => {
      const { mine, theirs, stored } = this;
      if (!mine || theirs?.hash !== conflict2.hash || !same(mine.plaintext, conflict2.mine)) return false;
      for (const seen of [stored, theirs]) if (seen) this.#looked.set(seen.hash, headOf(seen));
      for (const head of this.keeper.having(mine.sent)) {
        this.#looked.set(head.hash, head);
        this.#revisions.saw(head.revision);
      }
      if (!stored || theirs.revision >= stored.revision) this.stored = theirs;
      this.theirs = null;
      await this.#setMine({ plaintext: plaintext.slice(), sent: [] });
      return true;
    });
  }
  /** @param {State} state */
  setStored(state) {
    return this.locally(() => this.#setStored(state));
  }
  /**
   * Does the work, and notes whether the server was there, and of which revision it spoke.
   * @template T
   * @param {() => Promise<T>} work
   * @returns {Promise<T>}
   */
  async reach(work) {
    try {
      const answer = await work();
      this.setOnline(true);
      return answer;
    } catch (error) {
      if (LarimarError.is(error)) {
        this.setOnline(!error.isOffline && error.retryAfter === void 0 && error.code !== "StoreUnavailable");
        if (error.code === "Conflict" || error.code === "Stale") this.#revisions.hear(error.data["revision"]);
      }
      throw error;
    }
  }
  /** @param {boolean} online */
  setOnline(online) {
    if (this.online === online) return;
    this.online = online;
    this.tell("state");
  }
  /**
   * One after the other.
   * @template T
   * @param {() => Promise<T>} work
   * @returns {Promise<T>}
   */
  locally(work) {
    const done = this.#local.then(work);
    this.#local = done.catch(() => {
    });
    return done;
  }
  /** Wipes what was opened, when all that was begun is remembered. */
  wipe() {
    return this.locally(async () => {
      for (const copy2 of [this.mine, this.stored, this.theirs]) copy2?.plaintext.fill(0);
      this.mine = this.stored = this.theirs = null;
    });
  }
  async #adopt() {
    const draft = this.mine ? void 0 : await this.device.adopt();
    if (!draft) return;
    try {
      const { plaintext, revision } = await this.keys.open(draft.mine);
      const newest2 = this.stored;
      if (draft.base && draft.base.length > 0) this.stored = await openBlob(this.keeper, this.keys, draft.base, newest2 ?? timesOf({}));
      this.mine = { plaintext, blob: draft.mine, revision, sent: draft.sent };
      if (newest2 && newest2.hash !== this.stored?.hash) await this.#take(newest2);
    } catch (error) {
      if (!LarimarError.is(error)) throw error;
    }
    this.tell("state");
  }
  /** Stores anew what is held, above what the server spoke of. @param {CallOptions} [options] */
  async lift(options) {
    await this.locally(() => this.#setMine({ plaintext: this.held?.plaintext ?? new Uint8Array(), sent: [] }));
    await this.push(options);
  }
  /**
   * Another content that was never brought into the wallet: nobody but the owner can say what becomes of it.
   * @param {State} other
   */
  async #face(other) {
    if (this.theirs || this.#looked.has(other.hash) || !this.held) return;
    if (this.mine?.sent.includes(other.hash) || same(other.plaintext, this.held.plaintext)) return void this.#looked.set(other.hash, headOf(other));
    if (!this.mine) await this.#setMine({ plaintext: this.held.plaintext.slice(), sent: [] });
    this.theirs = other;
    this.tell("state");
  }
  /**
   * Takes what the server has, unless something else is not stored yet: then it is a conflict.
   * @param {State} theirs
   * @param {boolean} [held] by as many servers as are needed
   */
  async #take(theirs, held = true) {
    const { stored } = this;
    this.problem = null;
    if (stored?.hash === theirs.hash) {
      this.theirs = null;
      await this.#setStored({ ...stored, ...timesOf(theirs) });
      return false;
    }
    const forked = stored?.revision === theirs.revision;
    if (forked && !this.mine) await this.#setMine({ plaintext: stored.plaintext.slice(), sent: [] });
    if (!this.mine) {
      this.taken++;
      await this.#setStored(theirs);
      this.tell("change");
      return true;
    }
    const alike = same(this.mine.plaintext, theirs.plaintext);
    if (!held && this.mine.sent.includes(theirs.hash)) return false;
    if (alike || this.mine.sent.includes(theirs.hash)) {
      this.theirs = null;
      await this.#setStored(theirs);
      await this.#setMine(alike ? null : { plaintext: this.mine.plaintext, sent: this.mine.sent });
      return false;
    }
    this.theirs = theirs;
    this.#revisions.saw(theirs.revision);
    await this.device.noteStored(theirs);
    this.tell("state");
    return false;
  }
  /**
   * @param {CallOptions} [options]
   * @param {import("./report.js").Head} [instead] of what is stored
   */
  async #send(options, instead) {
    let before = [];
    const sending = await this.locally(async () => {
      if (!this.mine) return null;
      const { plaintext: plaintext2, blob: blob2, revision: revision2, sent } = this.mine;
      before = sent;
      const sealed = revision2 === this.nextRevision ? { blob: blob2, revision: revision2 } : await this.#sealed(plaintext2);
      await this.#setMine({ plaintext: plaintext2, ...sealed, sent: [.../* @__PURE__ */ new Set([...sent, toHex(blobDigest(sealed.blob))])] });
      return this.mine;
    });
    if (!sending) return;
    const { blob, revision, plaintext } = sending;
    const hash = toHex(blobDigest(blob));
    const base = instead ?? (this.stored && headOf(this.stored));
    const save = () => this.keeper.save({ blob, hash, revision }, base ? [base, ...this.#looked.values()] : [], options);
    const { updated } = await this.reach(save).catch(async (error) => {
      if (LarimarError.is(error, "NoQuorum")) await this.#unsent(sending, before);
      throw error;
    });
    await this.locally(async () => {
      this.theirs = null;
      this.#looked.clear();
      await this.#setStored({ blob, hash, revision, plaintext: plaintext.slice(), created: this.stored?.created ?? updated, updated });
      const since = this.mine === sending ? null : this.mine;
      await this.#setMine(since && { plaintext: since.plaintext, sent: [] });
    });
  }
  /**
   * Nothing was sent but what was sent before.
   * @param {Mine} sending
   * @param {string[]} sent
   */
  #unsent(sending, sent) {
    return this.locally(async () => {
      if (this.mine === sending) await this.#setMine({ ...sending, sent });
    });
  }
  /** @param {State} state */
  async #setStored(state) {
    this.stored = state;
    this.problem = null;
    this.#revisions.saw(state.revision);
    await this.device.noteStored(state);
    this.tell("state");
  }
  /** @param {{ plaintext: Uint8Array, sent: string[], blob?: Uint8Array, revision?: number } | null} mine sealed anew if it is not */
  async #setMine(mine) {
    if (mine) {
      const { plaintext, sent, blob, revision } = mine;
      const sealed = blob && revision ? { blob, revision } : await this.#sealed(plaintext);
      this.mine = { plaintext, sent, ...sealed };
      await this.device.noteDraft({ base: this.stored?.blob ?? null, mine: sealed.blob, sent });
    } else if (this.mine) {
      this.mine = null;
      await this.device.noteDraft(null);
    }
    this.tell("state");
  }
  /** @param {Uint8Array} plaintext */
  async #sealed(plaintext) {
    const revision = this.nextRevision;
    return { revision, blob: await this.keys.seal(revision, plaintext) };
  }
};
var timesOf = ({ created = "", updated = "" }) => ({ created, updated });

// client/src/owner.js
var here = /* @__PURE__ */ new Set();
var PREFIX = "larimar draft ";
function claim() {
  const id = toHex(crypto.getRandomValues(new Uint8Array(8)));
  const ids = /* @__PURE__ */ new Set([id]);
  here.add(id);
  const released = new AbortController();
  void globalThis.navigator?.locks?.request(PREFIX + id, () => new Promise((resolve) => released.signal.addEventListener("abort", resolve))).catch(() => {
  });
  return {
    id,
    /** Its own, and those it took over. */
    ids,
    /** @param {string} other */
    adopt: (other) => ids.add(other),
    /** Those that other windows, or others on this page, still own. */
    async others() {
      const held = (await globalThis.navigator?.locks?.query())?.held ?? [];
      const names = held.map(({ name = "" }) => name).filter((name) => name.startsWith(PREFIX));
      const live = /* @__PURE__ */ new Set([...here, ...names.map((name) => name.slice(PREFIX.length))]);
      for (const own of ids) live.delete(own);
      return live;
    },
    release() {
      here.delete(id);
      released.abort();
    }
  };
}

// client/src/way.js
var KEPT = 256;
var nothingYet = () => ({ way: {}, heads: {}, failed: {}, change: null, begun: false, deleted: null });
function onTheWay(several, ...heads) {
  const way = { ...several.way };
  for (const { revision, hash } of heads) way[revision] = [.../* @__PURE__ */ new Set([...way[revision] ?? [], hash])];
  const kept = Object.entries(way).sort(([a4], [b2]) => Number(b2) - Number(a4)).slice(0, KEPT);
  return { ...several, way: Object.fromEntries(kept) };
}
function withHeads(several, found) {
  const heads = { ...several.heads };
  for (const [server, head] of found) if (head && (heads[server]?.revision ?? 0) <= head.revision) heads[server] = head;
  return { ...several, heads };
}
function leadsOver({ way }, { revision, hash }, base) {
  const known = way[revision];
  return known ? known.includes(hash) : revision < base;
}

// client/src/device.js
var SEVERAL = "several servers";
var Device = class {
  #cache;
  #owner = claim();
  #forgotten = false;
  /**
   * @param {Cache} cache
   * @param {string} server its name
   * @param {string} publicKey
   */
  constructor(cache, server, publicKey) {
    this.#cache = cache;
    this.server = server;
    this.publicKey = publicKey;
    this.remembers = !cache.fleeting;
    this.readable = true;
  }
  /** What is remembered. */
  async recall() {
    try {
      const found = await this.#cache.get(this.server, this.publicKey);
      this.readable = true;
      return found;
    } catch {
      this.readable = false;
      return null;
    }
  }
  /**
   * Takes over what was remembered of the wallet on one server alone, when it comes to be on several.
   * @param {readonly string[]} names
   */
  async inherit(names) {
    for (const name of names) {
      const one = await this.#cache.get(name, this.publicKey).catch(() => null);
      if (!one) continue;
      await this.#update(({ drafts, ...found }) => {
        const newer = one.highest > found.highest ? { highest: one.highest, stored: one.stored } : {};
        return { ...found, ...newer, drafts: [...drafts.filter(({ id }) => !one.drafts.some((draft) => draft.id === id)), ...one.drafts] };
      });
      if (this.remembers || this.#cache.fleeting) await this.#cache.update(name, this.publicKey, (left) => ({ ...left, drafts: [] })).catch(() => {
      });
    }
  }
  /**
   * Beside the copies, of several servers.
   * @param {(several: import("./way.js").Several) => import("./way.js").Several} change
   */
  noteSeveral(change) {
    return this.#update((found) => ({ ...found, several: change(found.several ?? nothingYet()) }));
  }
  /** The change from this key has come to its end on every server. @param {string} publicKey */
  async settle(publicKey) {
    const settled = (found) => found.stored || found.drafts.length > 0 ? { ...found, several: nothingYet() } : null;
    await this.#cache.update(this.server, publicKey, settled).catch(() => {
    });
  }
  /** A draft that no other window owns; from now on it is this one's. */
  async adopt() {
    const live = await this.#owner.others();
    const own = this.#owner.ids;
    const drafts = (await this.recall())?.drafts ?? [];
    const draft = drafts.find(({ id }) => !live.has(id) && !own.has(id));
    if (!draft) return void 0;
    this.#owner.adopt(draft.id);
    await this.noteDraft(draft);
    return draft;
  }
  /** Whether other windows have changes that are not stored. */
  async othersHaveDrafts() {
    const drafts = (await this.recall())?.drafts ?? [];
    return drafts.some(({ id }) => !this.#owner.ids.has(id));
  }
  /**
   * An answer that comes late does not take the place of a newer one.
   * @param {import("./trust.js").State} state
   */
  noteStored({ blob, created, updated, revision }) {
    return this.#update((found) => {
      const newer = found.stored && (revisionOf(found.stored.blob) ?? 0) > revision;
      return { ...found, highest: Math.max(found.highest, revision), stored: newer ? found.stored : { blob, created, updated } };
    });
  }
  /**
   * In place of those that this window had.
   * @param {Omit<Draft, "id"> | null} draft
   */
  noteDraft(draft) {
    const { id, ids } = this.#owner;
    return this.#update((found) => {
      const others = found.drafts.filter((other) => !ids.has(other.id));
      return { ...found, drafts: draft ? [...others, { ...draft, id }] : others };
    });
  }
  /** Nothing is remembered any more, not even what is still to come; but what some server has still to be told. */
  async forget() {
    const unfinished = ({ several, ...found }) => several && (several.deleted !== null || several.change) ? { ...found, stored: null, drafts: [], several } : null;
    await this.#update(unfinished);
    this.#forgotten = true;
  }
  /** Leaves its drafts to the next window. */
  release() {
    this.#owner.release();
  }
  /** @param {(found: Remembered) => Remembered | null} change */
  async #update(change) {
    if (this.#forgotten) return;
    try {
      await this.#cache.update(this.server, this.publicKey, change);
      this.remembers = !this.#cache.fleeting;
    } catch {
      this.remembers = false;
    }
  }
};

// client/src/federation-error.js
function heldInstead(error) {
  if (!LarimarError.is(error, "Conflict")) return null;
  const { local_hash: hash, revision } = error.data;
  return typeof hash === "string" && typeof revision === "number" ? { hash, revision } : null;
}
function firstOf(report, known = 0) {
  const errors = errorsOf(report);
  const told = ({ data }) => Number(data["revision"]);
  const [stale] = errors.filter((error) => error.code === "Stale" && told(error) <= known + FARTHEST_OF_SEVERAL).sort((a4, b2) => told(b2) - told(a4));
  return errors.every(isRefusal) ? stale ?? errors[0] : void 0;
}
var underWay = () => new LarimarError("ChangeUnderWay", "The password of this wallet is being changed, and not every server has done it. Use the new password, which finishes the change; or change it back, from the new one to this one.");
var noAnswer = () => new LarimarError("NoAnswer", "No server gave the wallet. Try again later, or look at what each of them says.");
var noQuorum = (held, quorum) => new LarimarError("NoQuorum", `Only ${held} of the servers have what the change is made from, and ${quorum} are needed. The change was not sent: try again when more of them work.`, { data: { held, quorum } });
var unknown = (confirmed, quorum) => new LarimarError("Unknown", `Only ${confirmed} of the servers confirmed it, and ${quorum} are needed. It may come about: this device remembers it, and says it again the next time.`, { data: { confirmed, quorum } });
function withoutQuorum(report, quorum) {
  const errors = errorsOf(report);
  const confirmed = report.filter(({ outcome }) => outcome === "answered").length;
  const others = errors.filter(({ code }) => code === "Conflict" || code === "Stale");
  if (others.length > report.length - quorum) return others[0];
  return confirmed === 0 && errors.length === report.length && errors.every(isRefusal) ? errors[0] : unknown(confirmed, quorum);
}

// client/src/federation-change.js
var TRIES = 3;
var GONE = ["WalletNotFound", "Stale", "KeyUnchanged"];
async function changeKeys(old, next, seen, options) {
  await finishAnother(old, next, options);
  for (let told = 0, tries = 0; ; tries++) {
    try {
      return await changeAbove(old, next, seen, told, options);
    } catch (error) {
      const { revision } = LarimarError.is(error, "Stale") ? error.data : {};
      if (typeof revision !== "number" || revision <= told || revision > seen + FARTHEST_OF_SEVERAL || tries === TRIES) throw error;
      told = revision;
    }
  }
}
async function finishAnother(old, next, options) {
  await old.recall();
  await next.recall();
  const { change } = old.memory;
  if (!change || [change.from, change.to].includes(next.keys.publicKey)) return;
  await finishChange(old, await seatsOf(old.servers, old.keys, old.memory.heads, options), options);
  if (old.memory.change) throw underWay();
}
async function changeAbove(old, next, seen, told, options) {
  const left = await seatsOf(old.servers, old.keys, old.memory.heads, options);
  const arrived = await seatsOf(old.servers, next.keys, next.memory.heads, options);
  const { highest, isNew } = highestOf(left, arrived, old);
  const { revision, hash } = highest;
  const forked = (isNew ? arrived : left).some(({ content }) => content?.revision === revision && content.hash !== hash);
  if (forked || seen > revision) throw conflict();
  const isTop = (seat) => seat?.content?.revision === revision;
  const held = left.filter(({ content, ...seat }, index) => {
    const there = arrived[index];
    return isTop({ content, ...seat }) || isTop(there) || there?.content && !content || content && isNew;
  }).length;
  if (held < old.quorum) throw noQuorum(held, old.quorum);
  const seenHeads = [...left, ...arrived].flatMap(({ line }) => line.head ?? []);
  const own = Math.max(told, ...seenHeads.map((one) => one.revision)) + 1;
  const blob = await next.keys.seal(own, highest.plaintext);
  const head = { revision: own, hash: toHex(blobDigest(blob)) };
  const signatures = { old_signature: old.keys.sign(changePasswordDigest(next.keys.publicKey, blob)), new_signature: next.keys.sign(blobDigest(blob)) };
  const change = { from: old.keys.publicKey, to: next.keys.publicKey, head, params: { encrypted_data: toBase64(blob), ...signatures } };
  const begun2 = old.memory.change;
  await old.remember((several) => ({ ...onTheWay(several, ...seenHeads), change }));
  await next.remember((several) => ({ ...several, way: { ...several.way, ...old.memory.way }, change }));
  const heads = left.map(({ line }) => line.head);
  const report = await tell(old.servers, change, old.memory, heads, () => true, options);
  const done = report.filter(({ outcome }) => outcome === "answered").length;
  old.show(report, head);
  if (done === 0 && errorsOf(report).every(isRefusal)) {
    await old.remember((several) => ({ ...several, change: begun2 }));
    await next.remember((several) => ({ ...several, change: begun2 }));
    throw firstOf(report, revision) ?? unknown(0, old.quorum);
  }
  if (done < old.quorum) throw unknown(done, old.quorum);
  const rest = done === report.length ? null : change;
  await next.remember((several) => ({ ...onTheWay(several, head), change: rest }));
  await old.remember((several) => ({ ...several, change: rest }));
  next.confirmed(report, head);
  const first2 = report.find(({ outcome }) => outcome === "answered");
  const updated = first2?.outcome === "answered" ? first2.answer.updated : "";
  return { blob, ...head, plaintext: highest.plaintext.slice(), created: highest.created || updated, updated };
}
function highestOf(left, arrived, { memory, quorum }) {
  const [ofOld, ofNew] = [newest(left), newest(arrived)];
  if (ofOld && ofNew && !same(ofOld.plaintext, ofNew.plaintext)) {
    const holds2 = (seats, one) => seats.filter(({ content }) => content?.hash === one.hash).length >= quorum;
    const [old, there] = [holds2(left, ofOld), holds2(arrived, ofNew)];
    if (old !== there) return { highest: old ? ofOld : ofNew, isNew: there };
    const isKnown = memory.way[ofOld.revision]?.includes(ofOld.hash);
    if (!isKnown && memory.change?.head.hash === ofNew.hash) return { highest: ofOld, isNew: false };
    if (ofOld.revision === ofNew.revision) throw conflict();
  }
  if (ofNew && !(ofOld && ofOld.revision > ofNew.revision)) return { highest: ofNew, isNew: true };
  if (ofOld) return { highest: ofOld, isNew: false };
  const none = left.find(({ line }) => line.was !== null) ?? left.find(({ has }) => has === "nothing");
  throw none?.line.error ?? noAnswer();
}
var newest = (seats) => seats.flatMap(({ content }) => content ?? []).sort((a4, b2) => b2.revision - a4.revision)[0];
async function finishChange(federation, seats, options) {
  const { change } = federation.memory;
  const { keys, servers } = federation;
  if (!change || change.to !== keys.publicKey) return;
  const missing = seats.map(({ has }) => has === "nothing");
  const report = await tell(servers, change, federation.memory, federation.heads, (index) => missing[index] === true, options);
  const state = await openBlob({ name: "this device" }, keys, decoded({ name: "this device" }, change.params.encrypted_data), { created: "", updated: "" });
  for (const [index, seat] of seats.entries()) {
    const answer = report[index];
    if (answer?.outcome === "answered") got(seat, { ...state, updated: answer.answer.updated });
    if (answer?.outcome === "failed") refused2(seat, answer.error);
  }
  if (!seats.every(({ has }) => has === "content")) return;
  await federation.remember((several) => ({ ...several, change: null }));
  await federation.device.settle(change.from);
}
function tell(servers, change, several, heads, whom, options) {
  const most = heads.flatMap((head) => head ?? []).sort((a4, b2) => b2.revision - a4.revision)[0];
  return servers.each(whom, (server, within) => moveOn(server, change, heads[servers.indexOf(server.name)] ?? most, several, within), options);
}
async function moveOn(server, change, original, several, within) {
  const { params, head, to } = change;
  const below = head.revision - 1;
  const blob = decoded(server, params.encrypted_data);
  let failure;
  for (let tries = 0; tries < TRIES; tries++) {
    try {
      const answer2 = await server.changePassword({ ...params, original_local_hash: (original ?? head).hash }, within);
      confirm(server, answer2, { publicKey: to }, blob);
      return answer2;
    } catch (error) {
      failure = error;
      const instead = heldInstead(error);
      if (!instead || !leadsOver(several, instead, below)) break;
      original = instead;
    }
  }
  if (!LarimarError.is(failure) || !GONE.includes(failure.code)) throw failure;
  const found = await server.fetchWallet(to, void 0, within).catch(() => null);
  if (!found) throw failure;
  const kept = decoded(server, found.encrypted_data);
  const hash = toHex(blobDigest(kept));
  if (hash === head.hash) return found;
  const revision = revisionOf(kept);
  if (revision === null || !leadsOver(several, { revision, hash }, below)) throw failure;
  const answer = await server.saveWallet({ encrypted_data: params.encrypted_data, signature: params.new_signature, original_local_hash: hash }, within);
  confirm(server, answer, { publicKey: to }, blob);
  return answer;
}
var conflict = () => new LarimarError("Conflict", "The wallet was changed meanwhile. Look at it again, then change the password.");

// client/src/federation-delete.js
async function deleteAll(federation, looked, options) {
  const { servers, keys, quorum } = federation;
  await federation.recall();
  if (federation.memory.change?.from === keys.publicKey) throw underWay();
  const seats = await seatsOf(servers, keys, federation.memory.heads, options);
  await finishChange(federation, seats, options);
  if (federation.memory.change) throw underWay();
  const contents = seats.flatMap(({ content }) => content ?? []);
  const highest = Math.max(0, ...contents.map(({ revision }) => revision));
  if (highest > looked.revision) throw new LarimarError("Conflict", "Something else was stored meanwhile. Look at it, then delete the wallet.");
  if (contents.length === 0) throw seats.find(({ has }) => has === "nothing")?.line.error ?? noAnswer();
  await federation.remember((several) => ({ ...several, deleted: Math.max(highest, looked.revision), way: {}, heads: {} }));
  await finishDelete(federation, seats, options);
  federation.note(seats);
  const gone = seats.filter(({ has, line }) => has === "nothing" && line.was !== "moved").length;
  if (gone < quorum) throw unknown(gone, quorum);
}
async function finishDelete(federation, seats, options) {
  const { deleted } = federation.memory;
  const { servers, keys } = federation;
  if (deleted === null) return;
  if (seats.some(({ content }) => content && content.revision > deleted)) {
    return federation.remember((several) => ({ ...several, deleted: null }));
  }
  const report = await servers.each(
    (index) => seats[index]?.content != null,
    async (server, within) => {
      const hash = seats[servers.indexOf(server.name)]?.content?.hash ?? "";
      const answer = await server.deleteWallet(await deletion(server, keys, hash, within), within);
      if (!answer.deleted) throw liar(server, "it says that it did not delete, and gives no reason");
    },
    options
  );
  for (const [index, seat] of seats.entries()) {
    const answer = report[index];
    const gone = answer?.outcome === "answered" || answer?.outcome === "failed" && answer.error.code === "WalletNotFound";
    if (gone || seat.has === "nothing") {
      seat.line = { ...seat.line, verdict: "ok", head: null, error: null, was: gone ? "deleted" : seat.line.was };
      seat.has = "nothing";
      seat.content = null;
    } else if (answer?.outcome === "failed") {
      seat.line = failed(seat.line, answer.error);
      refused2(seat, answer.error);
    }
  }
  if (seats.every(({ has }) => has === "nothing")) await federation.remember((several) => ({ ...several, deleted: null }));
}

// client/src/judgement.js
function topOf(seats, remembered, quorum) {
  const gone = seats.filter(({ has, line }) => has === "nothing" && line.was !== null).length;
  const found = seats.flatMap(({ content }) => content ?? []);
  const all = found.length > 0 || gone <= seats.length - quorum ? [...found, ...remembered] : found;
  const highest = Math.max(0, ...all.map(({ revision }) => revision));
  return [...new Map(all.filter(({ revision }) => revision === highest).map((one) => [one.hash, one])).values()];
}
function judge(several, seats, top) {
  const revision = top[0]?.revision ?? 0;
  const strays = /* @__PURE__ */ new Map();
  for (const seat of seats) {
    if (!seat.content) continue;
    const head = headOf(seat.content);
    const isStray = head.revision < revision && !leadsOver(several, head, revision);
    if (isStray) strays.set(head.hash, seat.content);
    if (isStray || head.revision === revision && top.length > 1) seat.line = { ...seat.line, verdict: "conflict" };
    else if (seat.line.verdict === "ok" && head.revision < revision) seat.line = { ...seat.line, verdict: "behind" };
  }
  return [...strays.values()];
}

// client/src/federation.js
var TRIES2 = 3;
var Federation = class {
  /** @type {Omit<Shown, "quorum">} */
  #shown = { lines: [], holders: 0, certain: true, rolledBack: null };
  /** What each server had when it was last asked. @type {(Head | null)[]} */
  heads;
  /** @type {Several} */
  memory = nothingYet();
  /**
   * @param {import("./servers.js").Servers} servers
   * @param {import("./keys.js").Keys} keys
   * @param {import("./device.js").Device} device
   * @param {() => void} tell that there is something new to report
   */
  constructor(servers, keys, device, tell2 = () => {
  }) {
    this.servers = servers;
    this.keys = keys;
    this.device = device;
    this.tell = tell2;
    this.heads = servers.members.map(() => null);
  }
  get name() {
    return this.servers.name;
  }
  get quorum() {
    return this.servers.quorum;
  }
  /** What is remembered of the wallet on one of them alone is taken over. @param {import("./device.js").Device} device */
  inherit(device) {
    return device.inherit(this.servers.names);
  }
  /** @returns {Shown} */
  get report() {
    return { ...this.#shown, quorum: this.quorum };
  }
  /** What of this some of them had when they were last asked. @param {string[]} hashes @returns {Head[]} */
  having(hashes) {
    return this.heads.filter((head) => head !== null).filter(({ hash }) => hashes.includes(hash));
  }
  /**
   * What the wallet holds; servers that were behind are brought up to it, and what was begun before is finished, as far as servers let it.
   * @param {State | null} known
   * @param {CallOptions} [options]
   * @returns {Promise<Looked>}
   * @throws {LarimarError} `WalletNotFound`, `NoAnswer`, `ChangeUnderWay`
   */
  async look(known, options) {
    const { statistics, ...found } = await this.#look(known, options);
    return { statistics, open: async () => found };
  }
  /**
   * A quorum has stored this in place of `base`. Comes back as soon as that is certain. Nothing is replaced that `base` does not know, but older contents. It is begun only
   * if a quorum has what is in `base`: else two devices that each reach other servers could both go on, and the one with more changes would win.
   * @param {Sealed} sealed
   * @param {Head[]} grounded what it was made from
   * @param {CallOptions} [options]
   * @returns {Promise<{ updated: string }>}
   * @throws {LarimarError} `NoQuorum`, with no change sent; `Conflict`; `Unknown`; what all servers refused it with
   */
  async save(sealed, grounded, options) {
    const base = grounded.toSorted((a4, b2) => b2.revision - a4.revision);
    await this.recall();
    if (this.memory.change?.from === this.keys.publicKey) throw underWay();
    const grounds = [...base, { revision: base[0]?.revision ?? 0, hash: sealed.hash }];
    if (this.#held(grounds) < this.quorum) {
      const { opened: opened2, others } = await this.#look(null, options, { base, sealed });
      const newest2 = [opened2, ...others].filter(({ revision: revision2 }) => revision2 === opened2.revision);
      if (!newest2.every((one) => grounds.some(({ hash }) => hash === one.hash))) throw new LarimarError("Conflict", "The wallet was changed meanwhile.");
    }
    const held = this.#held(grounds);
    if (held < this.quorum) throw noQuorum(held, this.quorum);
    await this.remember((several) => onTheWay(several, ...base));
    const [head, revision] = [headOf(sealed), base[0]?.revision ?? 0];
    const params = this.signed(sealed.blob);
    const original = (at) => at && (grounds.some(({ hash }) => hash === at.hash) || leadsOver(this.memory, at, revision)) ? at : base[0];
    const asked2 = await this.servers.consensus((server, within) => this.#replace(server, params, original(this.heads[this.servers.indexOf(server.name)]), revision, within), () => "", options);
    this.confirmed(asked2.report, head);
    const late = asked2.whole.then((report) => this.confirmed(report, head));
    late.catch(() => {
    });
    if (asked2.agreed.length > 0) {
      await this.remember((several) => onTheWay(several, head));
      const first2 = asked2.report[asked2.agreed[0] ?? 0];
      return first2?.outcome === "answered" ? first2.answer : { updated: "" };
    }
    await late;
    throw withoutQuorum(await asked2.whole, this.quorum);
  }
  /**
   * The wallet exists, with the same bytes, on every server that took its code. With fewer than a quorum it can be read, and not changed until enough are added.
   * @param {Sealed} sealed
   * @param {{ code: string | Record<string, string>, replace: boolean }} with_ codes by the servers' names
   * @param {CallOptions} [options]
   * @returns {Promise<{ created: string, updated: string }>}
   * @throws {LarimarError} `WalletExists` if there is one already; `Unknown`; what the servers refused it with
   */
  async create(sealed, { code, replace }, options) {
    const remembered = await this.recall();
    const seats = await seatsOf(this.servers, this.keys, {}, options);
    if (topOf(seats, remembered ? [remembered] : [], this.quorum).length > 0) {
      throw new LarimarError("WalletExists", "There is a wallet for this password already. A server that has none yet is brought in with its code.");
    }
    const has = (index) => Boolean(codeOf(code, this.servers.names[index] ?? ""));
    const report = await this.servers.each(has, (server, within) => this.#create(server, sealed.blob, { code: codeOf(code, server.name) ?? "", replace }, within), options);
    this.confirmed(report, headOf(sealed));
    this.#shown.lines = this.#shown.lines.map((line, index) => has(index) ? line : { ...line, verdict: "behind" });
    const first2 = report.find((one) => one.outcome === "answered");
    if (first2?.outcome === "answered") {
      const begun2 = this.#shown.holders < this.quorum;
      await this.remember((several) => ({ ...begun2 ? several : onTheWay(several, headOf(sealed)), deleted: null, begun: begun2 }));
      return first2.answer;
    }
    throw firstOf(report, sealed.revision) ?? unknown(0, this.quorum);
  }
  /**
   * This server has the wallet in its present state; the code is spent.
   * @param {string} name
   * @param {{ code: string, replace?: boolean }} with_
   * @param {CallOptions} [options]
   * @throws {LarimarError} `Conflict` for a fork; `Stale` if its key held a higher revision there once: the others have to go above that first
   */
  async add(name, { code, replace = false }, options) {
    const index = this.servers.indexOf(name);
    const { opened: opened2, others } = await this.#look(null, options);
    if (others.length > 0) throw new LarimarError("Conflict", "The servers have different changes. Choose first, then add the server.");
    const bring = async ({ blob }) => {
      const report2 = await this.servers.each((one) => one === index, (server, within) => this.#create(server, blob, { code, replace }, within), options);
      return { report: report2, answer: report2[index] };
    };
    let [head, { report, answer }] = [headOf(opened2), await bring(opened2)];
    const error = answer?.outcome === "failed" ? answer.error : null;
    const told = Number(error?.data["revision"]);
    if (error?.code === "Stale" && this.memory.begun && this.#shown.certain && told <= opened2.revision + FARTHEST_OF_SEVERAL) {
      const blob = await this.keys.seal(told + 1, opened2.plaintext);
      head = { revision: told + 1, hash: toHex(blobDigest(blob)) };
      ({ report, answer } = await bring({ blob, ...head }));
    }
    if (answer?.outcome === "failed") throw answer.error;
    this.heads[index] = head;
    const lines = this.#shown.lines.map((line, one) => one === index ? writeLines(report, head)[index] ?? line : line);
    this.#shown = { ...this.#shown, lines, holders: this.#held([head]) };
    await this.remember((several) => withHeads(several, [[name, head]]));
    this.tell();
  }
  /**
   * The wallet is gone from a quorum of the servers; the rest are told whenever this device looks.
   * @param {Head} looked what was looked at
   * @param {CallOptions} [options]
   */
  remove(looked, options) {
    return deleteAll(this, looked, options);
  }
  /** What was stored before, on any of them, newest first. @param {CallOptions} [options] */
  async versions(options) {
    const report = await this.servers.each(() => true, (server, within) => server.listVersions(this.keys.publicKey, within), options);
    const isVersion = (one) => typeof one?.local_hash === "string" && typeof one.saved === "string" && typeof one.bytes === "number";
    const all = report.flatMap((one) => one.outcome === "answered" ? one.answer.versions.filter(isVersion) : []);
    if (!report.some(({ outcome }) => outcome === "answered")) throw firstOf(report) ?? noAnswer();
    const current = this.heads.find((head) => head && this.#held([head]) >= this.quorum)?.hash;
    const byHash = new Map(all.map((version) => [version.local_hash, { ...version, current: version.local_hash === current }]));
    return [...byHash.values()].sort((a4, b2) => Number(b2.current) - Number(a4.current) || (a4.saved < b2.saved ? 1 : -1));
  }
  /**
   * @param {string} hash
   * @param {CallOptions} [options]
   */
  async version(hash, options) {
    const report = await this.servers.each(() => true, (server, within) => openVersion(server, this.keys, hash, within), options);
    const first2 = report.find((one) => one.outcome === "answered");
    if (first2?.outcome !== "answered") throw firstOf(report) ?? noAnswer();
    return first2.answer;
  }
  /** The changes that any server tells of. @param {import("./changes.js").ChangesOptions} [options] */
  changes(options) {
    return changesOfAll(this.servers.members, this.keys.publicKey, options);
  }
  /**
   * What this device remembers, opened; windows share what they remember.
   * @returns {Promise<State | null>}
   */
  async recall() {
    const found = await this.device.recall();
    if (found?.several) this.memory = found.several;
    else if (!found && this.device.readable) this.memory = nothingYet();
    for (const [index, name] of this.servers.names.entries()) {
      const since = this.memory.failed[name];
      if (since !== void 0 && !this.servers.isDown(index)) this.servers.noteDown(index, since);
    }
    if (!found?.stored) return null;
    return openBlob({ name: "this device" }, this.keys, found.stored.blob, found.stored).catch(() => null);
  }
  /** @param {(several: Several) => Several} change */
  async remember(change) {
    this.memory = change(this.memory);
    await this.device.noteSeveral(change);
  }
  /**
   * What `saveWallet` takes.
   * @param {Uint8Array} blob
   */
  signed(blob) {
    return { encrypted_data: toBase64(blob), signature: this.keys.sign(blobDigest(blob)) };
  }
  /**
   * What each server has is the base of what it is told next.
   * @param {Seat[]} seats
   * @param {Omit<Shown, "lines" | "quorum">} [how]
   */
  note(seats, how = { holders: 0, certain: true, rolledBack: null }) {
    this.heads = seats.map(({ line }) => line.head);
    this.#shown = { ...how, lines: seats.map(({ line }) => line) };
    const failed2 = Object.fromEntries(this.servers.names.flatMap((name, index) => this.servers.isDown(index) ? [[name, Date.now()]] : []));
    this.tell();
    if (!this.heads.some(Boolean) && this.memory.deleted === null && !this.memory.change) return;
    void this.remember((several) => ({ ...withHeads(several, seats.map(({ line }) => [line.server, line.head])), failed: failed2 }));
  }
  /**
   * Those who answered have it, by their own word.
   * @param {import("./servers.js").Answer<unknown>[]} report
   * @param {Head} head
   */
  confirmed(report, head) {
    const did = report.map(({ outcome }) => outcome === "answered");
    this.heads = this.heads.map((before, index) => did[index] && (before?.revision ?? 0) <= head.revision ? head : before);
    this.show(report, head);
    void this.remember((several) => withHeads(several, report.map(({ server }, index) => [server, did[index] ? head : null])));
  }
  /**
   * What each server did with a write is what is shown, unless a later one is shown already.
   * @param {import("./servers.js").Answer<unknown>[]} report
   * @param {Head} head
   */
  show(report, head) {
    if (this.heads.some((one) => one && one.revision > head.revision)) return;
    this.#shown = { lines: writeLines(report, head, this.#shown.lines), holders: this.#held([head]), certain: true, rolledBack: null };
    this.tell();
  }
  /**
   * @param {State | null} known
   * @param {CallOptions} [options]
   * @param {{ base: Head[], sealed: Sealed }} [chosen] what the owner has chosen, and over what
   * @returns {Promise<Found & { statistics: import("./server.js").Statistics }>}
   */
  async #look(known, options, chosen2) {
    const remembered = [known, await this.recall()].filter((one) => one !== null);
    if (this.memory.change?.from === this.keys.publicKey) throw underWay();
    const seats = await seatsOf(this.servers, this.keys, this.memory.heads, options);
    await finishChange(this, seats, options);
    await finishDelete(this, seats, options);
    const top = topOf(seats, remembered, this.quorum);
    const holders = (one) => seats.filter(({ content }) => content?.hash === one.hash).length;
    const most = top.toSorted((a4, b2) => Number(b2.hash === known?.hash) - Number(a4.hash === known?.hash) || holders(b2) - holders(a4))[0];
    if (!most) throw this.#nothing(seats);
    const ofServers = Math.max(0, ...seats.map(({ content }) => content?.revision ?? 0));
    const answered = seats.filter(({ has, line }) => (has === "content" || has === "nothing") && line.was !== "moved");
    const certain = answered.length > seats.length - this.quorum;
    const seen = Math.max(0, ...remembered.map(({ revision }) => revision));
    const rolledBack = certain && seen > ofServers ? ofServers : null;
    const strays = judge(this.memory, seats, top);
    const isKnown = top.every(({ hash }) => chosen2?.base.some((head) => head.hash === hash));
    if (top.length === 1) await this.#bringUp(seats, most, options);
    else if (chosen2 && isKnown) await this.#bringUp(seats, await this.#taken(top, chosen2.sealed) ?? most, options);
    this.note(seats, { holders: holders(most), certain, rolledBack });
    const held = holders(most) >= this.quorum;
    if (top.length === 1 && held) await this.remember((several) => ({ ...onTheWay(several, headOf(most)), begun: false }));
    const [times] = seats.flatMap(({ content }) => content?.hash === most.hash && content.updated !== "" ? [content] : []);
    const opened2 = { ...most, created: times?.created ?? most.created, updated: times?.updated ?? most.updated };
    const others = [...top.filter((one) => one !== most), ...strays];
    return { opened: opened2, others, held, statistics: together(seats.flatMap(({ statistics }) => statistics ?? [])) };
  }
  /**
   * The one of these that the owner has chosen, if it is one of them as it is.
   * @param {State[]} top
   * @param {Sealed} choice
   */
  async #taken(top, choice) {
    const { plaintext } = await this.keys.open(choice.blob);
    const taken = top.find((one) => same(one.plaintext, plaintext));
    plaintext.fill(0);
    return taken;
  }
  /**
   * The server has this content in place of `original`, or of what it says that it has instead, if that may be replaced.
   * @param {Server} server
   * @param {{ encrypted_data: string, signature: string }} params
   * @param {Head | undefined} original
   * @param {number} base
   * @param {CallOptions} within
   * @returns {Promise<{ updated: string }>}
   */
  async #replace(server, params, original, base, within) {
    for (let tries = 1; ; tries++) {
      try {
        const answer = await server.saveWallet(original ? { ...params, original_local_hash: original.hash } : params, within);
        confirm(server, answer, this.keys, fromBase64(params.encrypted_data));
        return answer;
      } catch (error) {
        const instead = heldInstead(error);
        if (tries === TRIES2 || !instead || instead.hash === original?.hash || instead.revision > base || !leadsOver(this.memory, instead, base)) throw error;
        original = instead;
      }
    }
  }
  /**
   * @param {Server} server
   * @param {Uint8Array} blob
   * @param {{ code: string, replace: boolean }} with_
   * @param {CallOptions} within
   */
  async #create(server, blob, with_, within) {
    const answer = await server.createWallet(creation(this.keys, blob, with_), within);
    confirm(server, answer, this.keys, blob);
    return answer;
  }
  /**
   * Every server that had less, on the way to the newest, has it now or says why not.
   * @param {Seat[]} seats
   * @param {State} newest
   * @param {CallOptions} [options]
   */
  async #bringUp(seats, newest2, options) {
    const behind = seats.map(({ line }) => line.verdict !== "conflict" && line.head !== null && line.head.revision < newest2.revision);
    const params = this.signed(newest2.blob);
    const report = await this.servers.each(
      (index) => behind[index] === true,
      (server, within) => this.#replace(server, params, seats[this.servers.indexOf(server.name)]?.line.head ?? void 0, newest2.revision, within),
      options
    );
    for (const [index, seat] of seats.entries()) {
      const answer = report[index];
      if (answer?.outcome === "answered") got(seat, newest2);
      if (answer?.outcome === "failed") refused2(seat, answer.error);
    }
  }
  /**
   * How many servers have what the newest of these is, as far as is known.
   * @param {Head[]} base
   */
  #held(base) {
    const newest2 = Math.max(0, ...base.map(({ revision }) => revision));
    const hashes = base.filter(({ revision }) => revision === newest2).map(({ hash }) => hash);
    return this.heads.filter((head) => head && hashes.includes(head.hash)).length;
  }
  /** @param {Seat[]} seats */
  #nothing(seats) {
    this.note(seats);
    const none = seats.filter(({ has }) => has === "nothing");
    if (none.length === 0) return noAnswer();
    const gone = none.filter(({ line }) => line.was);
    const { was, error } = (gone.length > seats.length - this.quorum ? gone[0] : void 0)?.line ?? {};
    const message = "None of the servers has a wallet for these keys. Check the e-mail address, the password and the answers.";
    return new LarimarError("WalletNotFound", message, { data: was ? { was, since: error?.data["since"] } : {} });
  }
};

// client/src/opening.js
async function begin(copies, what, options) {
  const { keeper, keys } = copies;
  await copies.recallHighest();
  try {
    await higherIfStale(async () => {
      const revision = copies.nextRevision;
      const blob = await keys.seal(revision, what.data);
      const hash = toHex(blobDigest(blob));
      const { created, updated } = await copies.reach(() => keeper.create({ blob, hash, revision }, what, options));
      await copies.setStored({ blob, hash, revision, plaintext: what.data.slice(), created, updated });
    });
  } catch (error) {
    if (!LarimarError.is(error, "WalletExists") && !LarimarError.is(error, "InvalidCode")) throw error;
    await copies.pull(options).catch(() => {
    });
    if (!copies.stored || !same(copies.stored.plaintext, what.data)) throw error;
  }
}
async function openFirst(copies, offline, options) {
  await copies.recall();
  copies.online = !offline;
  if (!offline) await copies.pull(options).catch((error) => distrust(copies, error));
  if (!copies.held) {
    throw new LarimarError("WalletNotFound", "This device remembers no wallet for this combination. Connect to the server once.");
  }
}
function distrust(copies, error) {
  if (!copies.held || !LarimarError.is(error) || error.data["was"] !== void 0) throw error;
  if (copies.online) copies.problem ??= error;
}
async function bringIn(copies, name, with_, options) {
  const { keeper } = copies;
  if (keeper instanceof One) throw new LarimarError("NoSuchServer", "This wallet is opened on one server only.");
  const add = () => copies.reach(() => keeper.add(name, with_, options));
  try {
    await add();
  } catch (error) {
    if (!LarimarError.is(error, "Stale")) throw error;
    await copies.lift(options);
    await add();
  }
  await copies.pull(options);
}
async function higherIfStale(work) {
  try {
    await work();
  } catch (error) {
    if (!LarimarError.is(error, "Stale") || error.data["revision"] === void 0) throw error;
    await work();
  }
}

// client/src/move.js
async function move(old, next, options, again, begin2) {
  const { keeper } = old;
  if (!again) {
    await old.adopt();
    if (keeper instanceof One) await old.pull(options);
    if (old.mine || await old.device.othersHaveDrafts()) {
      throw new LarimarError("Unsaved", "There are changes that are not stored yet, here or in another window. Save them, then change the password.");
    }
  }
  await next.recallHighest();
  if (!(keeper instanceof One)) {
    const to = (
      /** @type {import("./federation.js").Federation} */
      next.keeper
    );
    begin2({ keys: next.keys });
    const moved = await old.reach(() => changeKeys(keeper, to, old.stored?.revision ?? 0, options));
    next.statistics = old.statistics;
    return next.setStored(moved);
  }
  await higherIfStale(async () => {
    const request = again?.request ?? await signed(old, next);
    again = null;
    begin2({ keys: next.keys, request });
    const answer = await old.reach(() => keeper.server.changePassword(request.params, options));
    const { blob, revision, plaintext } = request;
    confirm(keeper, answer, next.keys, blob);
    const { local_hash: hash, updated } = answer;
    next.statistics = old.statistics;
    await next.setStored({ blob, hash, revision, plaintext, created: old.stored?.created ?? updated, updated });
  });
}
async function carryOver(old, next) {
  await old.locally(async () => {
    const { mine } = old;
    if (mine) await next.edit(mine.plaintext.slice());
    await old.device.forget();
  });
  await old.wipe();
}
async function signed({ keys: before, stored, nextRevision }, { keys, nextRevision: above }) {
  if (!stored) throw locked();
  const revision = Math.max(nextRevision, above);
  const plaintext = stored.plaintext.slice();
  const blob = await keys.seal(revision, plaintext);
  const params = {
    encrypted_data: toBase64(blob),
    old_signature: before.sign(changePasswordDigest(keys.publicKey, blob)),
    new_signature: keys.sign(blobDigest(blob)),
    original_local_hash: stored.hash
  };
  return { params, blob, revision, plaintext };
}

// client/src/watch.js
async function follow(wallet, ends, options) {
  for (let watched = ""; watched !== wallet.publicKey() && !ends.aborted; ) {
    watched = wallet.publicKey();
    for await (const change of wallet.changes({ ...options, signal: ends })) {
      if (change.event === "disconnected") wallet.offline();
      else await wallet.turn();
      if (ends.aborted || watched !== wallet.publicKey()) break;
      if (change.event === "moved" || change.event === "deleted") await wallet.left(change);
      else if (change.event !== "disconnected" && (change.event !== "saved" || change.local_hash !== wallet.stored())) {
        await untilReached(() => wallet.sync().catch((error) => lost(wallet, error)), ends);
      }
    }
  }
}
async function lost(wallet, error) {
  const { was, since } = LarimarError.is(error, "WalletNotFound") ? error.data : {};
  if (was !== "moved" && was !== "deleted") throw error;
  await wallet.left({ event: was, updated: String(since ?? "") });
}

// client/src/wallet.js
var Wallet = class _Wallet extends EventTarget {
  #server;
  #cache;
  #keys;
  #device;
  #copies;
  /** A change of the password of which nobody knows whether it happened.
   * @type {import("./move.js").Move | null} */
  #move = null;
  /** One call to the server after the other.
   * @type {Promise<unknown>} */
  #turn = Promise.resolve();
  #closed = new AbortController();
  /** Ends what belongs to where it is kept. */
  #elsewhere = new AbortController();
  /**
   * Nothing is asked yet: see `create` and `unlock`.
   * @param {Place} server
   * @param {Keys} keys
   * @param {import("./cache.js").Cache} cache
   */
  constructor(server, keys, cache) {
    super();
    this.#server = server;
    this.#cache = cache;
    [this.#keys, this.#device, this.#copies] = this.#under(keys);
  }
  /**
   * Creates a wallet with a code that came by e-mail; on several servers, with a code of each, by their names: who has none yet is brought in by `addServer`.
   * @param {Place} server
   * @param {Credentials | Keys} who
   * @param {{ code: string | Record<string, string>, data: Uint8Array, replace?: boolean } & CacheOptions & DeriveOptions} options `replace` takes the
   *   e-mail address away from an older wallet
   * @throws {LarimarError} `InvalidCode`, `EmailInUse`, `WalletExists`, and those of the way
   */
  static async create(server, who, { code, data, replace = false, cache = defaultCache(), ...options }) {
    return _Wallet.#begun(server, who, cache, options, (copies) => begin(copies, { code, data, replace }, options));
  }
  /**
   * Opens the wallet. If the server cannot be reached, or what it says cannot be trusted, it opens what this device remembers, if
   * it does: then `online` is false, or `problem` says what is wrong.
   * @param {Place} server
   * @param {Credentials | Keys} who
   * @param {{ offline?: boolean } & CacheOptions & DeriveOptions} [options] `offline`: the server is not asked
   * @throws {LarimarError} `WalletNotFound`: no wallet for this combination of e-mail address, password and answers; `Tampered`,
   *   `RolledBack`, `NotSealed`, `WrongAnswer`, and those of the way
   */
  static async unlock(server, who, { offline = false, cache = defaultCache(), ...options } = {}) {
    return _Wallet.#begun(server, who, cache, options, (copies) => openFirst(copies, offline, options));
  }
  /** @type {(server: Place, who: Credentials | Keys, cache: import("./cache.js").Cache, options: DeriveOptions, work: (copies: Copies) => Promise<void>) => Promise<Wallet>} */
  static async #begun(server, who, cache, options, work) {
    const wallet = new _Wallet(server, await keysOf(who, options), cache);
    try {
      await wallet.#next(() => work(wallet.#copies));
    } catch (error) {
      await wallet.#drop();
      if (!(who instanceof Keys)) wallet.#keys.wipe();
      throw error;
    }
    return wallet;
  }
  /** The name of the wallet: 66 hex digits. */
  get publicKey() {
    return this.#keys.publicKey;
  }
  /** The server that keeps it. */
  get server() {
    return this.#server;
  }
  /** What it holds, unsaved changes included; a copy. */
  get data() {
    const { held } = this.#copies;
    if (!held || this.#isLocked) throw locked();
    return held.plaintext.slice();
  }
  /** `saved`: the server has it. `unsaved`: only this device has it. `conflict`: both have something new. */
  get state() {
    return this.#copies.state;
  }
  /** Whether the server did what it was asked the last time. */
  get online() {
    return this.#copies.online;
  }
  /** Whether this device can remember: if not, changes that are not stored are lost with the page. */
  get remembers() {
    return this.#device.remembers;
  }
  /**
   * Why the server's word is not taken: `Tampered`, `RolledBack`, `NotSealed`, `WrongAnswer`, or `WalletNotFound` for a wallet that this device
   * remembers. What is shown is what this device remembers.
   */
  get problem() {
    return this.#copies.problem;
  }
  /** Who has been asking, as of the last time the server was asked; `null` if it was not reached. */
  get statistics() {
    return this.#copies.statistics;
  }
  /** What the server stores, as far as is known; no secret in it. */
  get stored() {
    if (!this.#copies.stored) return null;
    const { hash, revision, created, updated, blob } = this.#copies.stored;
    return { hash, revision, created, updated, bytes: blob.length };
  }
  /** The sealed blob that the server stores: a backup that is as safe as the password. */
  get sealedBlob() {
    return this.#copies.stored?.blob.slice() ?? null;
  }
  /**
   * What a sealed blob from elsewhere, a backup, holds.
   * @param {Uint8Array} blob
   * @returns {Promise<{ revision: number, plaintext: Uint8Array }>}
   * @throws {LarimarError} `Tampered`: not sealed under these credentials; `NotSealed`
   */
  openSealed(blob) {
    return this.#keys.open(blob);
  }
  /** The sides of a conflict. */
  get conflict() {
    return this.#copies.conflict;
  }
  /**
   * Takes a change without sending it. When this comes back, the device remembers it, sealed, until it is stored; it waits for no
   * server.
   * @param {Uint8Array | ((held: Uint8Array) => Uint8Array)} change what it is to hold; or how that is made of what it holds by then
   */
  async edit(change) {
    if (this.#isLocked) throw locked();
    await this.#copies.edit(change);
  }
  /**
   * Stores it on the server; what is given, or what was edited.
   * @param {Uint8Array} [plaintext]
   * @param {CallOptions} [options]
   * @throws {ConflictError} if something else was stored meanwhile: nothing is overwritten
   * @throws {LarimarError} `Transport` and its like: the change is kept, and sent at the next `save` or `sync`
   */
  async save(plaintext, options) {
    if (plaintext) await this.edit(plaintext);
    await this.#next(() => this.#push(options));
  }
  /**
   * Fetches what others stored and sends what is not stored yet, also what a window that is gone left; true if what it
   * holds was changed by that.
   * @param {CallOptions} [options]
   * @throws {ConflictError}
   * @throws {LarimarError}
   */
  sync(options) {
    return this.#next(async () => {
      await this.#copies.adopt();
      const changed = await this.#copies.pull(this.#with(options));
      await this.#push(options);
      return changed;
    });
  }
  /**
   * Ends a conflict: this is stored instead of both sides.
   * @param {Conflict} conflict the one that was looked at
   * @param {Uint8Array} plaintext
   * @param {CallOptions} [options]
   * @throws {ConflictError} if one of the sides has changed since: nothing is overwritten
   */
  async resolve(conflict2, plaintext, options) {
    if (!await this.#copies.resolve(conflict2, plaintext)) throw new ConflictError(this);
    await this.#next(() => this.#push(options));
  }
  /**
   * Stores what this device holds over what a server has that went back in time, or that does not open. What can be trusted by now
   * is taken instead.
   * @param {CallOptions} [options]
   * @throws {ConflictError}
   */
  repair(options) {
    return this.#next(async () => {
      if (this.#copies.theirs) throw new ConflictError(this);
      await this.#copies.repair(this.#with(options));
    });
  }
  /**
   * What is stored now and what was before, newest first.
   * @param {CallOptions} [options]
   */
  versions(options) {
    return this.#copies.keeper.versions(options);
  }
  /**
   * What an older version holds.
   * @param {string} hash
   * @param {CallOptions} [options]
   * @throws {LarimarError} `VersionNotFound`, `Tampered`, `NotSealed`, `WrongAnswer`
   */
  version(hash, options) {
    return this.#copies.keeper.version(hash, options);
  }
  /** Of several servers: what each did the last time it was asked, and how that is to be taken. */
  get report() {
    return this.#copies.keeper.report;
  }
  /**
   * Brings a server, new or with a code that came late, to what the others have. The code is spent.
   * @param {string} name of one of the servers
   * @param {{ code: string, replace?: boolean }} with_ `replace` takes the e-mail address away from an older wallet there
   * @param {CallOptions} [options]
   * @throws {ConflictError}
   * @throws {LarimarError} `NoSuchServer`, `InvalidCode`, `EmailInUse`, `NoQuorum`, and those of the way
   */
  addServer(name, with_, options) {
    return this.#next(() => bringIn(this.#copies, name, with_, this.#with(options)));
  }
  /**
   * From now on it is opened on these servers: those that have none of it are brought in by `addServer`, those that are left out keep what they have. Whoever
   * follows it has to `watch` anew.
   * @param {Place} place
   * @param {CallOptions} [options]
   * @throws {LarimarError} those of the way, when it is on these servers already; what is not stored comes along
   */
  keepOn(place2, options) {
    return this.#next(async () => {
      const [before, old] = [this.#device, this.#copies];
      if (!old.stored) throw locked();
      this.#server = place2;
      const [, device, copies] = this.#under(this.#keys);
      before.release();
      await copies.recall();
      if ((copies.stored?.revision ?? 0) < old.stored.revision) await copies.setStored({ ...old.stored, plaintext: old.stored.plaintext.slice() });
      if (old.mine && !copies.mine) await copies.edit(old.mine.plaintext.slice());
      await before.noteDraft(null);
      [this.#device, this.#copies] = [device, copies];
      await old.wipe();
      this.#elsewhere.abort();
      this.#elsewhere = new AbortController();
      await this.#copies.pull(this.#with(options));
    });
  }
  /**
   * Moves the wallet to new credentials; the old ones open nothing on the server any more. If it fails on the way (`Transport`, `Timeout`), say
   * it again with the same credentials: it then says the very same bytes.
   * @param {Credentials | Keys} next
   * @param {DeriveOptions} [options]
   * @throws {LarimarError} `Unsaved` if there are changes that are not stored, here or in another window; `KeyUnchanged`, `KeyRetired`, `WalletExists`
   */
  async changePassword(next, options = {}) {
    const keys = await keysOf(next, options);
    try {
      await this.#next(() => this.#moveTo(keys, options));
    } finally {
      const needed = [this.#keys, this.#move?.keys].includes(keys);
      if (!needed && !(next instanceof Keys)) keys.wipe();
    }
  }
  /**
   * Deletes the wallet from the server, and from this device.
   * @param {CallOptions} [options]
   * @throws {LarimarError} `Conflict` if something was stored since the last `sync`; `ServerNameNotListed`
   */
  async remove(options) {
    await this.#next(async () => {
      const { stored } = this.#copies;
      if (!stored) throw locked();
      await this.#copies.keeper.remove(stored, this.#with(options));
      await this.#device.forget();
    });
    await this.lock();
  }
  /** Makes this device forget the wallet, unsaved changes too. The server keeps what it has. */
  forget() {
    return this.#next(() => this.#device.forget());
  }
  /**
   * Follows the changes that others make, until the signal ends it, or the wallet is locked or gone.
   * @param {import("./changes.js").ChangesOptions} [options]
   */
  watch({ signal, ...options } = {}) {
    const ends = AbortSignal.any([...signal ? [signal] : [], this.#closed.signal, this.#elsewhere.signal]);
    const followed2 = {
      publicKey: () => this.publicKey,
      changes: (within) => this.#copies.keeper.changes(within),
      stored: () => this.#copies.stored?.hash,
      turn: () => this.#turn,
      sync: () => this.sync({ signal: ends }),
      offline: () => this.#copies.setOnline(false),
      left: (change) => this.#left(change)
    };
    return follow(followed2, ends, options);
  }
  /**
   * Ends calls that are under way, and wipes keys and contents from memory. Changes that were begun are still remembered, sealed.
   */
  async lock() {
    await this.#drop();
    this.#keys.wipe();
  }
  /** @returns {string} */
  toJSON() {
    return "***";
  }
  get #isLocked() {
    return this.#closed.signal.aborted || !this.#keys.usable;
  }
  async #drop() {
    this.#closed.abort(locked());
    await this.#copies.wipe();
    this.#move?.keys.wipe();
    this.#device.release();
  }
  /**
   * @param {Keys} keys
   * @returns {[Keys, Device, Copies]}
   */
  #under(keys) {
    const device = new Device(this.#cache, this.#server instanceof Servers ? SEVERAL : this.#server.name, keys.publicKey);
    const tell2 = (what) => void this.dispatchEvent(new Event(what));
    const keeper = this.#server instanceof Servers ? new Federation(this.#server, keys, device, () => tell2("state")) : new One(this.#server, keys);
    return [keys, device, new Copies(keeper, keys, device, tell2)];
  }
  /**
   * @template T
   * @param {() => Promise<T>} work
   * @returns {Promise<T>}
   */
  #next(work) {
    const done = this.#turn.then(() => {
      if (this.#isLocked) throw locked();
      return work();
    });
    this.#turn = done.catch(() => {
    });
    return done;
  }
  /** @param {CallOptions} [options] */
  #with({ signal } = {}) {
    return { signal: signal ? AbortSignal.any([signal, this.#closed.signal]) : this.#closed.signal };
  }
  /** @param {CallOptions} [options] */
  async #push(options) {
    if (this.#copies.mine && !await this.#copies.push(this.#with(options))) throw new ConflictError(this);
  }
  /**
   * @param {Keys} keys
   * @param {CallOptions} options
   */
  async #moveTo(keys, options) {
    const again = this.#move?.keys.publicKey === keys.publicKey ? this.#move : null;
    const next = this.#under(keys);
    try {
      this.#move = again;
      await move(this.#copies, next[2], this.#with(options), again, (begun2) => this.#move = begun2);
    } catch (error) {
      if (LarimarError.is(error) && isRefusal(error)) this.#move = null;
      next[1].release();
      throw error;
    }
    const [keysBefore, device, copies] = [this.#keys, this.#device, this.#copies];
    [this.#keys, this.#device, this.#copies] = next;
    await carryOver(copies, this.#copies);
    this.#move = null;
    keysBefore.wipe();
    device.release();
  }
  /** @param {Left} change */
  async #left(change) {
    if (change.event === "moved" && this.#move) {
      const done = await this.changePassword(this.#move.keys).then(() => true, () => false);
      if (done) return;
    }
    this.dispatchEvent(new CustomEvent("gone", { detail: change }));
  }
};

// console/src/format.js
var LOCALE = navigator.languages?.length ? [...navigator.languages] : void 0;
var WORDS = navigator.languages?.find((language) => /^en\b/i.test(language)) ?? "en";
var MOMENT = new Intl.DateTimeFormat(LOCALE, { dateStyle: "medium", timeStyle: "short" });
var DAY = new Intl.DateTimeFormat(LOCALE, { day: "numeric", month: "short" });
var AGO = new Intl.RelativeTimeFormat(WORDS, { numeric: "always" });
var NUMBER = new Intl.NumberFormat(LOCALE);
var ONE_PLACE = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 1 });
var UNITS = [["year", 31557600], ["month", 2629800], ["week", 604800], ["day", 86400], ["hour", 3600], ["minute", 60]];
var dateOf = (time) => time instanceof Date ? time : new Date(time ?? NaN);
function moment(time) {
  const date = dateOf(time);
  return Number.isNaN(date.getTime()) ? "unknown" : MOMENT.format(date);
}
var day = (date) => DAY.format(date);
function ago(time, now = Date.now()) {
  const seconds = (dateOf(time).getTime() - now) / 1e3;
  if (Number.isNaN(seconds)) return "";
  for (const [unit, length] of UNITS) {
    if (Math.abs(seconds) >= length) return AGO.format(Math.round(seconds / length), unit);
  }
  return seconds > 0 ? "in less than a minute" : "just now";
}
var number = (value) => NUMBER.format(value);
var size = (bytes) => bytes < 1e3 ? `${number(bytes)} ${bytes === 1 ? "byte" : "bytes"}` : `${ONE_PLACE.format(bytes / 1e3)} kB`;
function clock(seconds) {
  const whole = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
var unitOf = (seconds) => UNITS.find(([, length]) => seconds >= length) ?? /** @type {(typeof UNITS)[number]} */
["second", 1];
var inWords = (value, unit, options) => new Intl.NumberFormat(WORDS, { ...options, style: "unit", unit, unitDisplay: "long" }).format(value);
function lasting(seconds) {
  const [unit, length] = unitOf(seconds);
  const value = seconds / length;
  if (unit === "year" && value > 1e6) return "more than a million years";
  return `about ${inWords(Math.round(value), unit, value >= 10 ? { maximumSignificantDigits: 1 } : {})}`;
}
function waiting(seconds) {
  const [unit, length] = unitOf(seconds);
  return inWords(Math.max(1, Math.ceil(seconds / length)), unit);
}
function today() {
  const now = /* @__PURE__ */ new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

// console/src/messages.js
var T3 = {
  insecure: {
    title: "This page is not safe to use here",
    text: "It was not loaded over an encrypted connection, so your browser does not let it encrypt. Open it by an address that begins with https://, or ask whoever runs this server for that address."
  },
  unlock: {
    title: "Unlock your wallet",
    lead: "Your password never leaves this device. The server keeps only what it cannot read.",
    remember: "Remember my e-mail address and the number of answers on this device",
    rememberHint: "The password is never remembered. An encrypted copy of the wallet is kept on this device in any case, for times without the server.",
    none: "No wallet for this combination of e-mail address, password and answers.",
    noneWhy: "The server cannot tell which of them is wrong, since it knows none of them. One of these is the reason:",
    noneReasons: [
      "There is a slip in the e-mail address, the password or an answer. Show the password, and look at it letter by letter.",
      "The number of security answers is another, or their order is.",
      "The wallet is on another server, or was never created."
    ],
    /** @param {string} since */
    moved: (since) => `This password was replaced by a new one on ${moment(since)}. Unlock with the new one. If it was not you who changed it, somebody knows your old password: ask the operator of the server for help, and use your backup file.`,
    /** @param {string} since */
    deleted: (since) => `This wallet was deleted on ${moment(since)}. If you have a backup file, create a wallet with the same e-mail address, password and answers, then import it under Backup.`,
    offlineNone: "The server cannot be reached, and this device remembers no wallet for this combination. Check the network, then try again.",
    working: "Working out your key. This takes a moment on purpose: it makes guessing slow.",
    asking: "Asking the server.",
    canceled: "Cancelled. Nothing was sent.",
    canceledLate: "Cancelled. The server had been asked for the wallet already, which it notes as an access; nothing was opened."
  },
  create: {
    title: "Create a wallet",
    backupHint: "Do you have a backup file? Create a wallet with the same e-mail address, password and answers as when you made the file. Then import it under Backup.",
    emailLead: "A code is sent to your address, once, so that one person has one wallet. Afterwards the server keeps no readable copy of the address.",
    codeLead: (email) => `A message with a code is on its way to ${email}. It can take some minutes. Look into the spam folder too.`,
    codeForm: "The code has four groups of four letters and digits, such as 7K3M-Q2WX-9FHT-B4ZC.",
    codeOver: "The code is no longer valid. Have a new one sent.",
    passwordLead: "The password is the only key to your wallet. Choose one that you use nowhere else, or have one made.",
    answersLead: "You can add answers to questions that only you can answer. Each of them is then needed every time, in this order. The questions themselves are stored nowhere.",
    warnTitle: "Nobody can reset this password",
    warning: [
      "Nobody has a copy of your password or your answers: not the server, not whoever runs it.",
      "If you forget one of them, what is in the wallet is lost. No e-mail and no support can bring it back.",
      "Write them down on paper, and keep the paper where you keep other valuables."
    ],
    understood: "I understand that nobody can reset my password or my answers",
    wrongCode: "The code was not accepted. Compare it with the newest message letter by letter, or have a new one sent. A code works once, and only for a while.",
    canceledLate: "Cancelled, but the server had been asked already. The wallet may exist already: try to unlock it.",
    inUse: "This address already has a wallet here. If it is yours and you know its password, unlock it. If you have forgotten the password, you can begin a new, empty one:",
    replace: "Give my address to a new, empty wallet. The old one stays stored, and opens only with its old password",
    exists: "There is already a wallet with exactly this e-mail address, password and answers. Unlock it.",
    backupTitle: "Your wallet is ready",
    backupLead: "Keep a backup file. It is encrypted with your password, so it is safe anywhere that your password is not. With it you can bring the wallet back if this server is ever lost.",
    backupEmpty: "The wallet is still empty. Make a new backup file under Backup when you have filled it."
  },
  entries: {
    emptyTitle: "Nothing here yet",
    empty: "Add a first entry: a password, a key, a number that must not get lost. Everything is encrypted on this device before it is stored.",
    noMatch: "No entry has this in its name or note. Change or clear the search.",
    copied: (name) => `Copied the secret of “${name}”. In 30 seconds, or when you come back to this page, the clipboard is emptied.`,
    copyFailed: "The browser did not allow copying. Show the secret, and copy it by hand.",
    overtaken: (fields) => `Meanwhile another device changed the ${fields} of this entry. What you typed is still here. If you save it, it takes the place of the other device’s.`,
    dropped: "Meanwhile this entry was deleted elsewhere. What you typed is still here: add it as a new entry, or cancel.",
    undone: (what) => `Undone: ${what[0]?.toLowerCase()}${what.slice(1)}`
  },
  states: {
    saved: { label: "Saved", text: "Everything is stored on the server." },
    saving: { label: "Saving", text: "Your changes are on their way to the server." },
    unsaved: { label: "Not saved", text: "Your changes are kept on this device, encrypted, until they are stored on the server." },
    offline: {
      label: "Offline",
      text: "The server cannot be reached. You can go on: changes are kept on this device, encrypted, and stored when the connection is back.",
      why: "The server cannot be reached."
    },
    few: {
      label: "Too few servers",
      text: "Not enough of your servers can be reached. You can go on: changes are kept on this device, encrypted, and stored when more of them are back.",
      why: "Not enough of your servers took it."
    },
    conflict: { label: "Conflict", text: "This device and another one changed the same thing. Compare both, and choose. Nothing is lost." },
    problem: { label: "Server problem", text: "What the server sent was not used. See the notice at the top." },
    fleeting: "This device could not keep your changes: they are lost when this page is closed. Do not close it before it says “Saved”. To let it keep them, free some space, or leave private browsing.",
    forgetful: "The server cannot be reached, and this device can keep nothing: changes are lost when this page is closed before they are stored. Leave the page open until the connection is back."
  },
  problems: {
    /** @type {Record<string, (server: string) => { title: string, text: string, repair: string | null }>} */
    byCode: {
      Tampered: (server) => ({
        title: `${server} sent a damaged wallet`,
        text: "What it has was not written with your password: it was changed or damaged. You see what this device remembers, which is genuine. Make a backup file, then put your copy back on the server, and tell its operator.",
        repair: "Put my copy back on the server"
      }),
      RolledBack: (server) => ({
        title: `${server} went back to an older state`,
        text: "This device has seen a newer state of your wallet than the server has now. Perhaps it was restored from an old copy. You see the newer state. Put it back on the server, and tell its operator.",
        repair: "Put the newer state back on the server"
      }),
      NotSealed: (server) => ({
        title: `${server} has something else in place of your wallet`,
        text: "What it has was not written by this program. You see what this device remembers. If no other program of yours uses this wallet, put your copy back on the server.",
        repair: "Put my copy back on the server"
      }),
      WrongAnswer: (server) => ({
        title: `${server} gave an answer that does not fit`,
        text: "Nothing of that answer was used, and you see what this device remembers. Ask again. If it happens again, make a backup file and tell the operator of the server.",
        repair: null
      }),
      ChangeUnderWay: () => ({
        title: "The password is being changed",
        text: "Not every server has done it. You see what this device remembers. Lock, then unlock with the new password, which finishes the change. If that does not open it, another device may have saved something with this one: change the password back there, from the new one to this one.",
        repair: null
      }),
      WalletNotFound: (server) => ({
        title: `${server} no longer has this wallet`,
        text: "It does not say why: perhaps it lost its data, or was restored from an old copy. You see what this device remembers. Make a backup file, and tell the operator of the server. If the wallet does not come back, create it anew with the same e-mail address, password and answers, then import the file.",
        repair: null
      })
    },
    remembered: "You see what this device remembers.",
    unlockOnly: "This device has no copy of its own. Import your backup file on another server, or ask the operator of this one."
  },
  conflict: {
    title: "Two devices changed the same entry",
    lead: "Choose for each entry what to keep. Until you save your choice, nothing is overwritten, and you can download both sides.",
    merged: "Another device had changed something too. Both changes are kept.",
    whole: "One side is not a list of entries, so it cannot be compared entry by entry. Download both, then choose one.",
    done: "The conflict is solved, and your choice is stored.",
    kept: "The conflict is solved. Your choice is kept on this device, and stored when the server can.",
    changed: "Something changed meanwhile, and nothing was overwritten. You see the newest state of both sides: choose once more."
  },
  foreign: {
    title: "This wallet holds something else",
    text: "Another program wrote it, and this page cannot show it. It is untouched. You can download it as it is.",
    start: "If you no longer need it, you can put an empty list of entries in its place. It stays available under Older versions for a while."
  },
  gone: {
    moved: {
      title: "The password was changed elsewhere",
      password: "the old password",
      text: "Another device or window changed the password of this wallet. Lock, then unlock with the new password. If it was not you, somebody knows your old password: download what this device still holds, and ask the operator of the server for help."
    },
    deleted: {
      title: "The wallet was deleted elsewhere",
      password: "the password of this wallet",
      text: "The server no longer has this wallet. If it was not you, download what this device still holds, or a backup file, before you lock."
    },
    lost: {
      title: "The server no longer has this wallet",
      password: "the password of this wallet",
      text: "It does not say why: perhaps it lost its data, or was restored from an old copy. Download a backup file now, and tell the operator of the server. If the wallet does not come back, create it anew with the same e-mail address, password and answers, then import the file."
    }
  },
  accesses: {
    lead: "The server notes every request for your wallet. Look here for addresses and times that are not yours.",
    none: "There was no access before this one.",
    offline: "The server cannot be reached, so this list cannot be shown. Try again when you are online.",
    notMe: "If something here was not you, somebody may know your password. Change it now: the old one then opens nothing on the server any more.",
    limits: "The server keeps the newest 100 requests, of one address at most 10. On busy days there were more than shown.",
    chart: "Listed requests of the last 30 days",
    chartLimits: "These are the requests that the server still lists, the newest 100 and at most 10 of one address, and of every address the first and the last. There may have been more."
  },
  versions: {
    lead: "The server keeps some of the states that were replaced, encrypted like the current one. A password change removes them.",
    none: "There is no older version. One is kept each time the wallet is saved.",
    same: "This version has the same entries as now.",
    restored: "The older version is current again. The state before it is now among the older versions.",
    kept: "The older version is current again on this device, and is stored on the server later."
  },
  password: {
    lead: "The wallet is encrypted anew, and older versions are removed. The old password and the old answers then open nothing on the server any more. Copies on other devices and old backup files still open with them.",
    unknown: "The server did not answer in time, so the password may be changed already, or not. Check the network, then try again with the same new password and answers: doing it twice does no harm.",
    answers: "The answers are chosen anew as well. Without any, the password alone opens the wallet.",
    done: "The password is changed. Use it from now on, on all devices. Older backup files open with the old password only: make a new one, and delete those that somebody else could get.",
    /** @param {string} away */
    doneButFor: (away) => `Not yet on ${away}: the old password still opens what it has. It is told as soon as this device looks at it again.`,
    backupFirst: "You have changes that are not stored. They are stored first."
  },
  backup: {
    lead: "A backup file has your wallet as the server has it: encrypted. It opens only with the e-mail address, password and answers of today.",
    importLead: "The file is opened here with your current password, and compared with what the wallet holds. Nothing is replaced before you say so.",
    notBackup: "This file is no Larimar backup. Choose the file that ends in .larimar.json.",
    otherKeys: "This backup was made under another password, other answers or another e-mail address, so it cannot be opened here. Change the password to the one of that time, or create a wallet with it, then import the file.",
    damaged: "This backup file is damaged and cannot be opened. Use another copy of it.",
    tooNew: "The backup is of the same entries as now. There is nothing to restore.",
    done: "The backup is restored and stored on the server.",
    kept: "The backup is restored on this device, and is stored on the server later.",
    unsaved: "Your newest changes are not on the server yet, and would not be in the file. Save them first."
  },
  remove: {
    lead: "The wallet and all its older versions are removed from the server, and from this device. Nobody can bring them back without a backup file.",
    confirm: "Type your e-mail address to confirm",
    mismatch: "This is not the address of this wallet. Type it as you do to unlock.",
    done: (server) => `The wallet was deleted from ${server} and from this device.`,
    /** @param {string} away */
    doneButFor: (away) => `The wallet was deleted from this device and from your servers, but for ${away}: unlock once more with the same password when it is back, and it is deleted there, too.`
  },
  servers: {
    choice: "The wallet is kept on each of those that you tick. With three, any one may fail, or lie, and nothing is lost. Tick the same ones on all your devices.",
    alone: "Your wallet is on one server. If it is lost, or its operator withholds it, only this device and your backup files have it. With three servers, any one of them may be lost.",
    /** @param {number} count @param {number} quorum */
    lead: (count, quorum) => `Your wallet is on ${count} servers, and ${quorum} of them have to confirm each change. None of them is believed: what opens with your password and is newest counts, and who is behind is brought up to it.`,
    /** @param {number} holders @param {number} count */
    have: (holders, count) => `${holders} of ${count} servers ${holders === 1 ? "has" : "have"} what you see.`,
    rolledBack: "The servers went back in time. This device had the newer state, and put it back on them. Ask their operators what happened.",
    uncertain: "Too few servers answered to be certain that there is nothing newer.",
    more: "Whoever runs this server offers these as well. Each sends a code of its own to your address.",
    attention: "One of your servers needs a look.",
    gone: "It can be brought in later, under Servers.",
    /** @param {string} servers */
    unsent: (servers) => `No code was sent by ${servers}. You can go on without: the wallet is brought there later, under Servers.`,
    codesLead: (email) => `Each server sends a code of its own to ${email}. It can take some minutes. Leave the field of one that does not come empty: the wallet can be brought there later.`
  },
  lock: {
    byHand: "The wallet is locked.",
    byTimer: "The wallet locked itself, since it was not used for a while.",
    asks: "Lock now?",
    fleeting: "Changes that are not stored yet would be lost, since this device could not keep them.",
    typed: "An entry that you have begun to type would be lost. Save the entry first, or lock without it.",
    soon: "The wallet locks in 30 seconds. Press any key, or touch the page, to keep it open."
  },
  strength: {
    loading: "Checking how hard this is to guess.",
    unavailable: "How hard this is to guess cannot be checked while offline. Use the button that makes a password.",
    short: "At least 8 characters.",
    differs: "The two passwords differ. Type the same one twice.",
    weak: "Choose a password that is harder to guess, or have one made.",
    /** @param {number} seconds */
    time: (seconds) => seconds < 60 ? "It would be guessed in less than a minute" : `Guessing it would take ${lasting(seconds)}`,
    why: "for somebody who stole the server’s data and rents five fast graphics cards"
  },
  errors: {
    notTaken: "Your last change could not be taken. Try it again. If it stays so, load the page again.",
    offline: "The server cannot be reached. Check the network, then try again.",
    unknown: "Something went wrong. Try again. If it stays so, load the page again."
  }
};
var WORDS2 = {
  Transport: () => T3.errors.offline,
  Timeout: () => "The server did not answer in time. Try again: doing it twice does no harm.",
  HttpStatus: ({ status }) => status !== void 0 && status >= 500 ? "The server is overloaded or being repaired. Try again in a minute." : "There is no wallet server at this address. Check the address of this page.",
  Unreadable: () => "The answer of the server could not be read. Load the page again. If it stays so, tell the operator.",
  WrongAnswer: ({ server }) => `${server ?? "The server"} gave an answer that does not fit the question. Nothing of it was used. Try again, and tell its operator.`,
  Tampered: ({ server }) => `What ${server ?? "the server"} has for you was changed or damaged, and was not used. ${T3.problems.unlockOnly}`,
  RolledBack: ({ server }) => `${server ?? "The server"} went back to an older state. Tell its operator.`,
  NotSealed: ({ server }) => `What ${server ?? "the server"} has for you was written by another program, and cannot be shown here. Use the program that wrote it.`,
  ServerNameNotListed: ({ server }) => `The server does not know itself by the name ${server ?? "of this page"}, so it would refuse. Open this page by another of its addresses, or tell the operator to add this one.`,
  InvalidText: ({ message }) => message,
  Unsupported: ({ message }) => message,
  Unsaved: () => "There are changes that are not stored yet. Save them, then try again.",
  Locked: () => "The wallet is locked. Unlock it with your password.",
  InvalidEmail: ({ data: { registration: registration2 } }) => registration2 === "closed" ? "This server gives no new wallets. Ask whoever runs it." : registration2 === "domains" ? "This server gives wallets to certain addresses only, such as those of one company. Use such an address, or ask whoever runs it." : "The server cannot send to this address. Check it for slips.",
  NoQuorum: () => "Too few of your servers have what you changed, so nothing was sent. It is tried again when more of them are back.",
  Unknown: () => "Too few of your servers confirmed it. It may come about, and it is said again when more of them are back.",
  NoAnswer: () => "None of your servers gave the wallet. Check the network, then try again.",
  ChangeUnderWay: () => "The password is being changed, and not every server has done it. Unlock with the new password, which finishes the change.",
  InvalidCode: () => T3.create.wrongCode,
  WalletNotFound: ({ server }) => `${server ?? "The server"} has no wallet for this e-mail address, password and answers. Try again, and make a backup file.`,
  VersionNotFound: () => "The server no longer has this version. Load the list again.",
  Conflict: () => "Another device stored something meanwhile. Look at what the wallet holds now, then try again.",
  Stale: () => "The wallet was changed meanwhile. Try again.",
  WalletExists: () => T3.create.exists,
  EmailInUse: () => T3.create.inUse,
  KeyUnchanged: () => "This is the password you have now. Choose another.",
  KeyRetired: () => "This combination was used before and cannot be used again. Choose another password.",
  DataTooLarge: () => "The wallet is full. Delete entries, or shorten long notes, then save again.",
  RateLimited: ({ retryAfter }) => `There were too many requests from your network. Try again ${retryAfter ? `in ${waiting(retryAfter)}` : "later"}.`,
  MailFailed: () => "The message could not be sent. Check the address, and try again in a few minutes.",
  StoreUnavailable: () => "The server cannot store anything at the moment. Nothing was changed. Try again in a few minutes.",
  Internal: () => "The server has a fault. Nothing of yours is lost. Try again in a few minutes, and tell its operator."
};
function explain(error) {
  if (!LarimarError.is(error)) return T3.errors.unknown;
  return WORDS2[error.code]?.(error) ?? error.message;
}
var METHODS = {
  createWallet: "Created",
  fetchWallet: "Opened",
  saveWallet: "Saved",
  changePassword: "Password changed",
  deleteWallet: "Deleted",
  listVersions: "Older versions listed",
  fetchVersion: "Older version opened",
  subscribeWallet: "Followed changes"
};
var methodWords = (name) => METHODS[name] ?? name;
var outcomeWords = (outcome) => outcome === "ok" ? "done" : outcome === "not_modified" ? "nothing new" : `refused (${outcome})`;

// console/src/parts/hooks.js
function useSession(session) {
  const [, again] = _2((count) => count + 1, 0);
  A2(() => {
    session?.addEventListener("change", again);
    return () => session?.removeEventListener("change", again);
  }, [session]);
}
function useRoute() {
  const read2 = () => location.hash.slice(1);
  const [route, setRoute] = d2(read2);
  A2(() => {
    const changed = () => setRoute(read2());
    addEventListener("hashchange", changed);
    return () => removeEventListener("hashchange", changed);
  }, []);
  return route;
}
var DERIVED = 0.95;
function useTask() {
  const [state, setState] = d2({ busy: false, fraction: 0, error: (
    /** @type {unknown} */
    null
  ) });
  const running = T2(
    /** @type {AbortController | null} */
    null
  );
  A2(() => () => running.current?.abort(), []);
  const run = async (work) => {
    running.current?.abort();
    const own = running.current = new AbortController();
    const { signal } = own;
    setState({ busy: true, fraction: 0, error: null });
    try {
      await work({ signal, onProgress: (fraction) => signal.aborted || setState({ busy: true, fraction, error: null }) });
      if (!signal.aborted) setState({ busy: false, fraction: 1, error: null });
    } catch (error) {
      if (!signal.aborted) setState({ busy: false, fraction: 0, error });
    }
  };
  const cancel = () => {
    running.current?.abort();
    setState({ busy: false, fraction: 0, error: null });
  };
  const clear = () => setState((before) => ({ ...before, error: null }));
  return { ...state, message: state.error ? explain(state.error) : null, run, cancel, clear };
}
function useNow(wanted) {
  const [now, setNow] = d2(Date.now);
  A2(() => {
    if (!wanted) return;
    const timer2 = setInterval(() => setNow(Date.now()), 1e3);
    return () => clearInterval(timer2);
  }, [wanted]);
  return now;
}

// node_modules/preact/jsx-runtime/dist/jsxRuntime.mjs
var f3 = /* @__PURE__ */ Symbol.for("pv");
var o3 = 0;
function a3(t3, e3, n2, u3, a4, i3) {
  e3 || (e3 = {});
  var c3, l3, p3 = e3;
  if ("ref" in p3 && "function" != typeof t3) for (l3 in p3 = {}, e3) "ref" == l3 ? c3 = e3[l3] : p3[l3] = e3[l3];
  var s3 = { type: t3, props: p3, key: n2, ref: c3, __k: null, __: null, __b: 0, __e: null, __c: null, constructor: f3, __v: --o3, __i: -1, __u: 0 };
  return (a4 || i3) && (s3.__source = a4, s3.__self = i3), n.vnode && n.vnode(s3), s3;
}

// console/src/parts/icon.jsx
var PATHS = {
  entries: "M5 4h14v16H5zM9 9h6M9 13h6M9 17h3",
  accesses: "M2.5 12S6 5.5 12 5.5 21.500 12 21.500 12 18 18.500 12 18.500 2.500 12 2.500 12zM12 9.200a2.800 2.800 0 1 0 0 5.600 2.800 2.800 0 0 0 0-5.600",
  versions: "M4 12a8 8 0 1 0 2.500-5.800M4 4.500V8.500h4M12 8v4.500l3 2",
  backup: "M12 4v10M8 10.500 12 14.500 16 10.500M5 16v4h14v-4",
  settings: "M4 7h9M17 7h3M15 5v4M4 17h3M11 17h9M9 15v4M4 12h3M11 12h9M9 10v4",
  lock: "M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3"
};
var Icon = ({ name }) => /* @__PURE__ */ a3("svg", { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true", children: /* @__PURE__ */ a3("path", { d: PATHS[name], fill: "none", stroke: "currentColor", "stroke-width": "1.8", "stroke-linecap": "round", "stroke-linejoin": "round" }) });
var Logo = () => /* @__PURE__ */ a3("svg", { class: "logo", viewBox: "0 0 64 64", "aria-hidden": "true", children: [
  /* @__PURE__ */ a3("rect", { width: "64", height: "64", rx: "15", fill: "#0b6478" }),
  /* @__PURE__ */ a3("path", { d: "M32 11 50 25 43 51H21L14 25ZM14 25h36M32 11l-8 14 8 26 8-26Z", fill: "none", stroke: "#fff", "stroke-width": "3", "stroke-linejoin": "round" })
] });

// console/src/parts/notice.jsx
function Notice({ kind = "info", alert = false, title, children }) {
  return /* @__PURE__ */ a3("div", { class: `notice ${kind}`, role: alert ? "alert" : void 0, children: [
    title && /* @__PURE__ */ a3("p", { class: "notice-title", children: title }),
    typeof children === "string" ? /* @__PURE__ */ a3("p", { children }) : children
  ] });
}
var Failure = ({ text }) => /* @__PURE__ */ a3("div", { role: "alert", children: text ? /* @__PURE__ */ a3("div", { class: "notice danger", children: /* @__PURE__ */ a3("p", { children: text }) }) : null });

// console/src/parts/view.jsx
var first = true;
function View({ title, narrow = false, actions, children }) {
  const heading = T2(
    /** @type {HTMLHeadingElement | null} */
    null
  );
  F2(() => {
    document.title = `${title} – Larimar`;
    if (!first) heading.current?.focus();
    if (!first) scrollTo(0, 0);
    first = false;
  }, [title]);
  return /* @__PURE__ */ a3("main", { id: "main", class: narrow ? "narrow" : "wide", children: [
    /* @__PURE__ */ a3("div", { class: "head", children: [
      /* @__PURE__ */ a3("h1", { ref: heading, tabIndex: -1, children: title }),
      actions
    ] }),
    children
  ] });
}

// console/src/places.js
var HOME = location.origin;
var OPTIONS = { retries: 0 };
var placeOf = (origins) => origins.length > 1 ? new Servers(origins, OPTIONS) : new Server(origins[0] ?? HOME);
var nameOf = (origin) => new URL(origin).host;
var asked;
function peers() {
  asked ??= fetched();
  asked.then(({ length }) => length === 0 && (asked = void 0));
  return asked;
}
async function fetched() {
  try {
    const response = await fetch("/servers.json", { cache: "no-cache", credentials: "omit" });
    const { peers: peers2 } = await response.json();
    return Array.isArray(peers2) ? peers2.filter((peer) => typeof peer === "string" && peer !== HOME && URL.canParse(peer)) : [];
  } catch {
    return [];
  }
}

// console/src/preferences.js
var PERSON = "larimar person";
var LOCK = "larimar lock minutes";
var SERVERS = "larimar servers";
var LOCK_CHOICES = [1, 5, 15, 60, 0];
var LOCK_USUALLY = 5;
function rememberedPerson() {
  try {
    const { email, answers } = JSON.parse(localStorage.getItem(PERSON) ?? "");
    return typeof email === "string" && Number.isInteger(answers) ? { email, answers: Math.min(Math.max(answers, 0), 20) } : null;
  } catch {
    return null;
  }
}
function rememberPerson(person) {
  write(PERSON, person && JSON.stringify(person));
}
function lockMinutes() {
  try {
    const minutes = Number(localStorage.getItem(LOCK) ?? LOCK_USUALLY);
    return LOCK_CHOICES.includes(minutes) ? minutes : LOCK_USUALLY;
  } catch {
    return LOCK_USUALLY;
  }
}
var setLockMinutes = (minutes) => write(LOCK, minutes === LOCK_USUALLY ? null : String(minutes));
function chosenServers(home) {
  try {
    const chosen2 = JSON.parse(localStorage.getItem(SERVERS) ?? "");
    const usable = Array.isArray(chosen2) && chosen2.length > 0 && chosen2.every((one) => typeof one === "string" && URL.canParse(one) && new URL(one).origin === one);
    return usable ? [...new Set(chosen2)] : [home];
  } catch {
    return [home];
  }
}
var setChosenServers = (servers, home) => write(SERVERS, servers.length === 1 && servers[0] === home ? null : JSON.stringify(servers));
function write(key, value) {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
  }
}

// console/src/accesses.js
var DAY2 = 24 * 60 * 60 * 1e3;
var DAYS = 30;
var NEWS_DAYS = 7;
var ownAddress = ({ wallet }) => wallet.statistics?.recent[0]?.ip;
function lastElsewhere(session) {
  const own = ownAddress(session);
  return session.wallet.statistics?.recent.find(({ ip }) => ip !== own);
}
function newAddresses({ wallet }, now = Date.now()) {
  const addresses = wallet.statistics?.addresses ?? [];
  const oldest = addresses.reduce((least, { first: first2 }) => first2 < least ? first2 : least, "~");
  const isNew = ({ first: first2 }) => first2 !== oldest && now - Date.parse(first2) < NEWS_DAYS * DAY2;
  return new Set(addresses.filter(isNew).map(({ ip }) => ip));
}
var SECOND = 1e3;
function accessBefore(recent, opened2, now = Date.now()) {
  const [newest2, second] = recent;
  if (opened2 === void 0 || !newest2) return second ?? null;
  const before = Date.parse(newest2.time) - (now - opened2) - SECOND;
  return recent.find(({ time }) => Date.parse(time) < before) ?? null;
}
function byDay({ recent, addresses }, now = /* @__PURE__ */ new Date()) {
  const days = Array.from({ length: DAYS }, (_3, index) => ({
    day: new Date(now.getFullYear(), now.getMonth(), now.getDate() - (DAYS - 1 - index)),
    count: 0
  }));
  const listed = new Set(recent.map(({ time }) => time));
  const ends = addresses.flatMap(({ first: first2, last }) => [.../* @__PURE__ */ new Set([first2, last])]).filter((time) => !listed.has(time));
  for (const time of [...recent.map((access) => access.time), ...ends]) {
    const at = new Date(time).toDateString();
    const found = days.find(({ day: day2 }) => day2.toDateString() === at);
    if (found) found.count++;
  }
  return days;
}

// console/src/autolock.js
var WARNING = 3e4;
function autolock({ minutes, warn, lock, signal }) {
  let touched = Date.now();
  let warned = false;
  const look = () => {
    const limit = minutes() * 6e4;
    if (limit === 0) return;
    const left = touched + limit - Date.now();
    if (left <= 0) return lock();
    const soon = left <= WARNING;
    if (soon !== warned) warn(warned = soon);
  };
  const touch = () => {
    look();
    if (!signal.aborted) touched = Date.now();
    if (warned) warn(warned = false);
  };
  for (const event of ["pointerdown", "keydown", "wheel", "touchstart"]) {
    addEventListener(event, touch, { signal, passive: true, capture: true });
  }
  document.addEventListener("visibilitychange", look, { signal });
  const timer2 = setInterval(look, 1e3);
  signal.addEventListener("abort", () => clearInterval(timer2));
}

// console/src/clipboard.js
var SECONDS = 30;
var timer;
var holds = false;
var waits = new AbortController();
async function copy(secret) {
  await navigator.clipboard.writeText(secret);
  holds = true;
  waits.abort();
  clearTimeout(timer);
  timer = setTimeout(emptyClipboard, SECONDS * 1e3);
}
async function emptyClipboard() {
  clearTimeout(timer);
  waits.abort();
  if (!holds) return;
  const { signal } = waits = new AbortController();
  try {
    await navigator.clipboard.writeText("");
    if (!signal.aborted) holds = false;
  } catch {
    if (signal.aborted) return;
    for (const event of ["focus", "pointerdown", "keydown"]) window.addEventListener(event, () => void emptyClipboard(), { once: true, signal });
  }
}

// console/src/policy.js
var here2 = (name) => new URL(name, import.meta.url).href;
var WORKER = here2("./kdf-worker.js");
var SERVICE_WORKER = here2("./sw.js");
var rules = {
  /** @param {string} url */
  createScriptURL(url) {
    if (url !== WORKER && url !== SERVICE_WORKER) throw new TypeError("not a script of this page");
    return url;
  }
};
var policy = window.trustedTypes?.createPolicy("larimar", rules) ?? rules;
var trusted = (url) => (
  /** @type {string} */
  policy.createScriptURL(url)
);
var kdf = workerKdf(() => new Worker(trusted(WORKER), { type: "module" }));
var registerServiceWorker = () => navigator.serviceWorker.register(trusted(SERVICE_WORKER), { updateViaCache: "none" });

// console/src/several.js
var originsOf = ({ wallet: { server } }) => (server instanceof Servers ? server.members : [server]).map(({ url }) => new URL(url).origin);
async function keepOn(session, origins) {
  const { wallet, signal } = session;
  const place2 = placeOf(origins);
  try {
    await wallet.keepOn(place2, { signal });
  } finally {
    if (wallet.server === place2) setChosenServers(origins, HOME);
  }
  await session.refresh();
}
var awayOf = ({ wallet: { report } }) => (report?.lines ?? []).filter(({ verdict }) => verdict !== "ok").map(({ server }) => server).join(", ");
async function codeFrom({ wallet: { server } }, name, email, signal) {
  if (server instanceof Servers) await server.members[server.indexOf(name)]?.requestCode(email, { signal });
}
async function addServer(session, name, with_) {
  await session.wallet.addServer(name, with_, { signal: session.signal });
  await session.refresh();
}
function needsLook({ wallet: { report } }) {
  return report !== null && (report.rolledBack !== null || report.lines.some(({ verdict, repaired }) => verdict !== "ok" && !(verdict === "behind" && repaired)));
}

// console/src/departure.js
var ATTEMPTS = 3;
var PAUSE = 2e3;
var Departure = class {
  #session;
  /** The new password that the server was asked for. @type {Move | null} */
  #move = null;
  #removes = false;
  /** @param {Session} session */
  constructor(session) {
    this.#session = session;
  }
  get changes() {
    return this.#move !== null;
  }
  /**
   * @param {{ password: string, answers: string[] }} next
   * @param {{ signal: AbortSignal, onProgress: (fraction: number) => void }} options
   */
  async change({ password, answers }, options) {
    const keys = await deriveKeys({ email: this.#session.person.email, password, answers }, { kdf, ...options });
    this.#move = { keys, name: keys.publicKey, answers: answers.length };
    try {
      await this.#persistently(() => this.#changed(keys));
    } catch (error) {
      if (!LarimarError.is(error) || !error.isOffline) this.#move = null;
      throw error;
    }
  }
  async remove() {
    const { wallet, signal } = this.#session;
    await wallet.sync({ signal }).catch(() => {
    });
    this.#removes = true;
    try {
      await this.#persistently(() => wallet.remove({ signal }));
    } catch (error) {
      if (LarimarError.is(error, "WalletNotFound") && error.data["was"] === "deleted") return this.#removed();
      if (!LarimarError.is(error) || !error.isOffline) this.#removes = false;
      throw error;
    }
    await this.#removed();
  }
  /** Whether the new password has become true, by whatever way that was learnt. */
  look() {
    const { wallet, person } = this.#session;
    if (wallet.publicKey !== this.#move?.name) return;
    this.#session.person = { ...person, answers: this.#move.answers };
    this.#move = null;
    if (rememberedPerson()) rememberPerson(this.#session.person);
  }
  /**
   * Whether what the server says of the wallet was done by this window; then it is brought to its end.
   * @param {import("./session.js").Gone["event"]} event
   */
  explains(event) {
    if (event === "deleted" && this.#removes) {
      void this.#removed();
      return true;
    }
    if (event !== "moved" || !this.#move) return false;
    const { keys } = this.#move;
    void this.#changed(keys).catch((error) => {
      if (!LarimarError.is(error) || error.isOffline) return;
      this.#move = null;
      this.#session.setGone("moved", String(error.data["since"] ?? ""));
    });
    return true;
  }
  end() {
    this.#move?.keys.wipe();
    this.#move = null;
  }
  /** @param {import("larimar-client").Keys} keys */
  async #changed(keys) {
    const { wallet, signal } = this.#session;
    const name = keys.publicKey;
    try {
      if (wallet.publicKey !== name) await wallet.changePassword(keys, { signal });
    } catch (error) {
      if (wallet.publicKey !== name) throw error;
    }
    this.look();
  }
  async #removed() {
    this.#removes = false;
    const { wallet } = this.#session;
    rememberPerson(null);
    await wallet.forget().catch(() => {
    });
    const away = awayOf(this.#session);
    await this.#session.lock(away ? T3.remove.doneButFor(away) : T3.remove.done(wallet.server.name));
  }
  /**
   * Says the same once more while the answer does not come.
   * @param {() => Promise<void>} work
   */
  async #persistently(work) {
    for (let attempt = 1; ; attempt++) {
      try {
        return await work();
      } catch (error) {
        if (!LarimarError.is(error) || !error.isOffline || attempt === ATTEMPTS || this.#session.signal.aborted) throw error;
        await new Promise((resolve) => setTimeout(resolve, PAUSE));
      }
    }
  }
};

// console/src/entry-draft.js
var NAMES = ["name", "secret", "note"];
var fieldsOf = (entry) => ({ name: entry?.name ?? "", secret: entry?.secret ?? "", note: entry?.note ?? "" });
var begun = (entry) => ({ before: entry, fields: fieldsOf(entry), overtaken: [], dropped: false });
function typed({ before, fields }) {
  const was = fieldsOf(before);
  return Object.fromEntries(NAMES.filter((name) => fields[name] !== was[name]).map((name) => [name, fields[name]]));
}
var isFilled = (draft) => draft !== null && (draft.dropped || Object.keys(typed(draft)).length > 0);
function followed(draft, entries) {
  const { before, fields } = draft;
  if (!before) return draft;
  const now = entries.find(({ id }) => id === before.id);
  if (!now) return isFilled(draft) ? { before: null, fields, overtaken: [], dropped: true } : null;
  const [was, is] = [fieldsOf(before), fieldsOf(now)];
  const isTyped = (name) => fields[name] !== was[name];
  const isOvertaken = (name) => isTyped(name) && fields[name] !== is[name] && (was[name] !== is[name] || draft.overtaken.includes(name));
  const next = Object.fromEntries(NAMES.map((name) => [name, isTyped(name) ? fields[name] : is[name]]));
  return { before: now, fields: (
    /** @type {Fields} */
    next
  ), overtaken: NAMES.filter(isOvertaken), dropped: false };
}

// console/src/history.js
var without = (list, id) => list.filter((entry) => entry.id !== id);
var put = (entry, place2 = 0) => (all) => {
  const found = all.entries.findIndex(({ id }) => id === entry.id);
  const entries = found < 0 ? all.entries.toSpliced(place2, 0, entry) : all.entries.with(found, entry);
  return { ...all, entries };
};
var alter = (entry, members) => (all) => put({ ...all.entries.find(({ id }) => id === entry.id) ?? entry, ...members })(all);
var drop = (id) => (all) => ({ ...all, entries: without(all.entries, id) });
var short = (name) => [...name].length > 40 ? `${[...name].slice(0, 39).join("")}…` : name;
var newEntry = (fields) => ({ id: newEntryId(), ...fields, updated: (/* @__PURE__ */ new Date()).toISOString() });
var adding = (entry) => ({ what: `Added “${short(entry.name)}”`, change: put(entry), back: drop(entry.id) });
function editing(before, typed2) {
  const was = fieldsOf(before);
  const names = (
    /** @type {(keyof Fields)[]} */
    Object.keys(typed2)
  );
  const old = Object.fromEntries(names.map((name) => [name, was[name]]));
  const times = before.updated === void 0 ? {} : { updated: before.updated };
  return {
    what: `Changed “${short(typed2.name ?? before.name)}”`,
    change: alter(before, { ...typed2, updated: (/* @__PURE__ */ new Date()).toISOString() }),
    back: alter(before, { ...old, ...times })
  };
}
var deleting = (entry, place2) => ({ what: `Deleted “${short(entry.name)}”`, change: drop(entry.id), back: put(entry, place2) });
var replacing = (before, after) => ({
  what: "Restored an older state",
  change: (all) => mergeEntries(before, after, all).merged,
  back: (all) => mergeEntries(after, before, all).merged
});
function differences(before, after) {
  const [old, now] = [before, after].map(({ entries }) => new Map(entries.map((entry) => [entry.id, entry])));
  return [.../* @__PURE__ */ new Set([...old?.keys() ?? [], ...now?.keys() ?? []])].flatMap((id) => {
    const [was, is] = [old?.get(id) ?? null, now?.get(id) ?? null];
    if (was && is && sameFields(was, is)) return [];
    const kind = !was ? "added" : !is ? "removed" : "changed";
    return [{ id, kind, before: was, after: is }];
  });
}
var sameFields = (a4, b2) => a4.name === b2.name && a4.secret === b2.secret && (a4.note ?? "") === (b2.note ?? "");

// console/src/retry.js
var FIRST = 3e4;
var LONGEST = 6e5;
var PASSING = ["Transport", "Timeout", "HttpStatus", "Unreadable", "RateLimited", "StoreUnavailable", "Internal", "Stale", "NoQuorum", "Unknown", "NoAnswer"];
var Retry = class {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #failures = 0;
  #work;
  /** @param {() => Promise<void>} work */
  constructor(work) {
    this.#work = work;
  }
  /** Each time after twice as long. @param {LarimarError} error */
  after({ code, retryAfter = 0 }) {
    this.stop();
    if (!PASSING.includes(code)) return;
    const pause = Math.min(FIRST * 2 ** this.#failures++, LONGEST);
    this.#timer = setTimeout(() => void this.#work(), Math.max(pause, retryAfter * 1e3));
  }
  now() {
    this.reset();
    void this.#work();
  }
  stop() {
    clearTimeout(this.#timer);
  }
  reset() {
    this.stop();
    this.#failures = 0;
  }
};

// console/src/sides.js
var MERGES = 5;
function sidesOf({ base, mine, theirs }) {
  const [ours, others] = [parseEntries(mine), parseEntries(theirs)];
  return ours && others ? { mine: ours, theirs: others, ...mergeEntries(base && parseEntries(base), ours, others) } : null;
}
var isClear = (conflict2) => conflict2 !== null && sidesOf(conflict2)?.clashes.length === 0;
async function mergeWhileClear(wallet, resolve) {
  for (let merge = 0; merge < MERGES; merge++) {
    const { conflict: conflict2 } = wallet;
    const sides = conflict2 && sidesOf(conflict2);
    if (!conflict2 || !sides || sides.clashes.length > 0) return false;
    try {
      await resolve(conflict2, entriesToBytes(sides.merged));
      return true;
    } catch (error) {
      if (!LarimarError.is(error, "Conflict")) return false;
    }
  }
  return false;
}

// console/src/update.js
var IN_USE = "larimar in use";
var HOUR = 60 * 60 * 1e3;
var uses = 0;
var outdated = false;
var registration;
function keepVersion(signal) {
  uses++;
  const until = new Promise((resolve) => signal.addEventListener("abort", resolve));
  const released = navigator.locks?.request(IN_USE, { mode: "shared" }, () => until).catch(() => {
  });
  void until.then(() => {
    uses--;
    reloadIfOutdated();
  });
  void Promise.all([until, released]).then(takeOver);
}
async function followUpdates() {
  if (!("serviceWorker" in navigator)) return;
  let controlled = navigator.serviceWorker.controller !== null;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    outdated = controlled;
    controlled = true;
    reloadIfOutdated();
  });
  try {
    const found = registration = await registerServiceWorker();
    found.addEventListener("updatefound", () => found.installing?.addEventListener("statechange", takeOver));
    takeOver();
    setInterval(() => void found.update().catch(() => {
    }).then(takeOver), HOUR);
  } catch {
  }
}
function takeOver() {
  if (registration?.waiting) void whileNothingIsInUse(() => registration?.waiting?.postMessage("take over"));
}
function reloadIfOutdated() {
  if (outdated && uses === 0) location.reload();
}
async function whileNothingIsInUse(work) {
  if (!navigator.locks) return uses === 0 && work();
  await navigator.locks.request(IN_USE, { mode: "exclusive", ifAvailable: true }, (lock) => lock && work());
}

// console/src/session.js
var STEPS_BACK = 20;
var closing = Promise.resolve();
var allLocked = () => closing;
var Session = class extends EventTarget {
  /** @type {Entries | null} */
  entries = null;
  /** What it holds if it is no entries. @type {Uint8Array | null} */
  foreign = null;
  /** The entry form that is open. @type {Draft | null} */
  draft = null;
  /** @type {Step[]} */
  steps = [];
  /** Why the last save failed. @type {LarimarError | null} */
  failure = null;
  /** @type {Gone | null} */
  gone = null;
  /** Says something once; the view shows it. @type {{ text: string, undo?: boolean } | null} */
  said = null;
  locksSoon = false;
  /**
   * The newest access before this one, found once: later requests of this window push it out of the server's list. Not known
   * (`undefined`) until the server was reached.
   * @type {import("./accesses.js").Access | null | undefined}
   */
  lastBefore;
  #closed = new AbortController();
  /** Nothing of it is left: what was being remembered is. */
  #wiped = new AbortController();
  #retry = new Retry(() => this.#recover());
  #departure = new Departure(this);
  /** When it was opened without the server, which noted nothing of it. @type {number | undefined} */
  #openedAlone;
  #follows = false;
  #merges = false;
  #pending = 0;
  /**
   * @param {Wallet} wallet
   * @param {{ email: string, answers: number }} person
   * @param {LarimarError | null} [gone] The server no longer has it, but this device has changes that were never stored.
   */
  constructor(wallet, person, gone = null) {
    super();
    this.wallet = wallet;
    this.person = person;
    if (!wallet.statistics) this.#openedAlone = Date.now();
    const { signal } = this;
    wallet.addEventListener("state", () => this.#stateChanged(), { signal });
    wallet.addEventListener("change", () => this.#read(), { signal });
    wallet.addEventListener("gone", (event) => this.setGone(
      /** @type {CustomEvent} */
      event.detail.event,
      /** @type {CustomEvent} */
      event.detail.updated
    ), { signal });
    addEventListener("online", () => this.#retry.now(), { signal });
    addEventListener("beforeunload", (event) => this.hasLoose && event.preventDefault(), { signal });
    autolock({ minutes: lockMinutes, lock: () => void this.lock(T3.lock.byTimer), warn: (soon) => (this.locksSoon = soon, this.#tell()), signal });
    keepVersion(this.#wiped.signal);
    if (wallet.online && !wallet.problem && !wallet.statistics) this.lastBefore = null;
    this.#noteLastBefore();
    this.#read();
    if (gone) {
      this.#setGoneBy(gone);
      return;
    }
    this.#follow();
    if (wallet.state === "unsaved") void this.save();
    if (wallet.state === "conflict") void this.#mergeIfClear();
  }
  get signal() {
    return this.#closed.signal;
  }
  /** @returns {ShownState} */
  get state() {
    const { state, online, problem } = this.wallet;
    if (this.conflict) return "conflict";
    if (problem) return "problem";
    if (state === "saving" || state === "conflict") return "saving";
    if (!online) return "offline";
    return state;
  }
  /** The conflict that only the person can end. @returns {Conflict | null} */
  get conflict() {
    return this.#merges ? null : this.wallet.conflict;
  }
  /** Changes that only this device has. */
  get unsaved() {
    return this.wallet.state !== "saved" || this.#pending > 0;
  }
  /** Changes that only this window has: the device could not remember them. */
  get fleeting() {
    return this.wallet.state !== "saved" && !this.wallet.remembers;
  }
  /** Something that is lost when the page is closed. */
  get hasLoose() {
    return this.#pending > 0 || this.fleeting || isFilled(this.draft);
  }
  /** @param {Draft | null} draft */
  setDraft(draft) {
    this.draft = draft;
    this.#tell();
  }
  /** @param {Step} step */
  async apply(step) {
    this.steps = [...this.steps, step].slice(-STEPS_BACK);
    this.say(step.what, true);
    await this.#change(step.change);
  }
  async undo() {
    const step = this.steps.at(-1);
    if (!step) return;
    this.steps = this.steps.slice(0, -1);
    this.say(T3.entries.undone(step.what));
    await this.#change(step.back);
  }
  /**
   * Puts an older state in the place of what it holds; true if that is stored already.
   * @param {Uint8Array} plaintext
   */
  async restore(plaintext) {
    const after = parseEntries(plaintext);
    if (after && this.entries) {
      await this.apply(replacing(this.entries, after));
    } else {
      await this.wallet.edit(plaintext);
      this.#read();
      await this.save();
    }
    return this.wallet.state === "saved";
  }
  /** Sends what is not stored; what goes wrong is shown, and tried again. */
  async save() {
    this.#retry.stop();
    try {
      await this.wallet.save(void 0, { signal: this.signal });
      this.#reached();
    } catch (error) {
      this.#failed(error);
    }
    this.#tell();
  }
  /** Asks the server what is new. @throws {LarimarError} */
  async refresh() {
    try {
      await this.wallet.sync({ signal: this.signal });
      this.#reached();
    } catch (error) {
      if (LarimarError.is(error, "WalletNotFound")) this.#setGoneBy(error);
      if (!LarimarError.is(error, "Conflict")) throw error;
      await this.#mergeIfClear();
    } finally {
      this.#tell();
    }
  }
  /**
   * Ends the conflict that was looked at.
   * @param {Conflict} conflict
   * @param {Uint8Array} plaintext
   * @throws {LarimarError} `Conflict` if one of its sides is another by now: nothing was done
   */
  async resolve(conflict2, plaintext) {
    try {
      await this.wallet.resolve(conflict2, plaintext, { signal: this.signal });
      this.#reached();
    } catch (error) {
      if (LarimarError.is(error, "Conflict") || this.signal.aborted) throw error;
      this.#failed(error);
    } finally {
      this.steps = [];
      this.#read();
    }
  }
  async repair() {
    await this.wallet.repair({ signal: this.signal });
    this.#reached();
    this.#read();
  }
  /**
   * @param {{ password: string, answers: string[] }} next
   * @param {{ signal: AbortSignal, onProgress: (fraction: number) => void }} options of working out the key: what the server was
   *   asked is not taken back by leaving the view
   */
  async changePassword(next, options) {
    if (this.unsaved) await this.wallet.save(void 0, { signal: this.signal });
    try {
      await this.#departure.change(next, options);
    } catch (error) {
      if (LarimarError.is(error, "WalletNotFound")) this.#setGoneBy(error);
      throw error;
    }
    this.#read();
    if (options.signal.aborted) this.say(T3.password.done);
  }
  /** Whether the server was asked for a new password, and nobody knows yet what became of it. */
  get changes() {
    return this.#departure.changes;
  }
  /** Deletes the wallet; ends with the lock. */
  remove() {
    return this.#departure.remove();
  }
  /** Off the screen at once; comes back when the last changes are remembered. @param {string} [why] */
  async lock(why) {
    if (this.signal.aborted) return;
    this.#closed.abort();
    this.#retry.stop();
    void emptyClipboard();
    const wiped = this.wallet.lock();
    closing = Promise.allSettled([closing, wiped]);
    this.entries = this.foreign = this.draft = this.said = null;
    this.steps = [];
    this.#departure.end();
    this.dispatchEvent(new CustomEvent("locked", { detail: why }));
    await closing;
    this.#wiped.abort();
  }
  /**
   * @param {string} text
   * @param {boolean} [undo]
   */
  say(text, undo = false) {
    this.said = { text, undo };
    this.#tell();
  }
  hush() {
    this.said = null;
    this.#tell();
  }
  /**
   * @param {Gone["event"]} event
   * @param {string} since
   */
  setGone(event, since) {
    if (this.signal.aborted || this.#departure.explains(event)) return;
    this.gone = { event, since };
    this.#retry.stop();
    this.#tell();
  }
  /** @param {import("./history.js").Change} change */
  async #change(change) {
    const before = this.entries;
    if (!before) return;
    this.entries = change(before);
    this.#pending++;
    this.#tell();
    try {
      await this.wallet.edit((held) => entriesToBytes(change(parseEntries(held) ?? before)));
    } catch {
      this.say(T3.errors.notTaken);
    } finally {
      this.#pending--;
    }
    if (this.#pending > 0 || this.signal.aborted) return;
    this.#read();
    await this.save();
  }
  #read() {
    if (this.signal.aborted || this.#pending > 0) return;
    const data = this.#held();
    if (!data) return;
    const read2 = parseEntries(data);
    this.foreign = read2 || data.length === 0 ? null : data;
    const before = this.entries;
    this.entries = read2 ?? (data.length === 0 ? { larimar: 1, entries: [] } : null);
    if (before && this.entries && differences(before, this.entries).length > 0) this.steps = [];
    if (this.draft && this.entries) this.draft = followed(this.draft, this.entries.entries);
    this.#tell();
  }
  #held() {
    try {
      return this.wallet.data;
    } catch {
      return null;
    }
  }
  #noteLastBefore() {
    const recent = this.wallet.statistics?.recent;
    if (!recent || this.lastBefore !== void 0) return;
    this.lastBefore = accessBefore(recent, this.#openedAlone);
  }
  #stateChanged() {
    this.#noteLastBefore();
    this.#departure.look();
    if (this.wallet.state === "conflict") void this.#mergeIfClear();
    this.#read();
    this.#tell();
  }
  #follow() {
    this.#follows = true;
    const ended = (error) => {
      this.#follows = false;
      if (LarimarError.is(error, "WalletNotFound")) this.#setGoneBy(error);
    };
    this.wallet.watch({ signal: this.signal }).then(() => ended(null), ended);
  }
  /** The server did what it was asked. */
  #reached() {
    this.failure = null;
    this.#retry.reset();
    if (!this.#follows && !this.gone && !this.signal.aborted) this.#follow();
  }
  /** @param {unknown} error */
  #failed(error) {
    if (!LarimarError.is(error) || this.signal.aborted) return;
    if (error.code === "WalletNotFound") return this.#setGoneBy(error);
    if (error.code === "Conflict") return void this.#mergeIfClear();
    this.failure = error;
    if (!this.wallet.problem) this.#retry.after(error);
    this.#tell();
  }
  async #recover() {
    if (this.wallet.state === "unsaved") await this.save();
    else await this.refresh().catch((error) => this.#failed(error));
  }
  /** Changes of different entries need no question: both are taken. */
  async #mergeIfClear() {
    if (this.#merges || !isClear(this.wallet.conflict)) return;
    this.#merges = true;
    const merged = await mergeWhileClear(this.wallet, (conflict2, plaintext) => this.resolve(conflict2, plaintext));
    this.#merges = false;
    if (merged) this.say(T3.conflict.merged);
    this.#tell();
  }
  /** @param {LarimarError} error */
  #setGoneBy({ data }) {
    const { was, since = "" } = (
      /** @type {{ was?: "moved" | "deleted", since?: string }} */
      data
    );
    if (!was && this.wallet.problem?.code === "WalletNotFound") return this.#tell();
    this.setGone(was ?? "lost", since);
  }
  #tell() {
    if (!this.signal.aborted) this.dispatchEvent(new Event("change"));
  }
};

// console/src/parts/progress.jsx
function Progress({ label, fraction, onCancel }) {
  const step = Math.floor(fraction * 4) * 25;
  return /* @__PURE__ */ a3("div", { class: "progress", children: [
    /* @__PURE__ */ a3("p", { id: "progress-label", children: label }),
    /* @__PURE__ */ a3("progress", { max: 1, value: fraction, "aria-labelledby": "progress-label" }),
    /* @__PURE__ */ a3("p", { class: "unseen", role: "status", children: `${step} %` }),
    onCancel && /* @__PURE__ */ a3("button", { type: "button", onClick: onCancel, children: "Cancel" })
  ] });
}

// console/src/parts/field.jsx
function Field2({ label, hint, error, value, onValue, children, ...more }) {
  const id = P2();
  return /* @__PURE__ */ a3("div", { class: "field", children: [
    /* @__PURE__ */ a3("label", { for: id, children: label }),
    hint && /* @__PURE__ */ a3("p", { class: "hint", id: `${id}hint`, children: hint }),
    /* @__PURE__ */ a3("div", { class: "control", children: [
      /* @__PURE__ */ a3(
        "input",
        {
          ...more,
          id,
          value,
          onInput: (event) => onValue(event.currentTarget.value),
          "aria-invalid": error ? true : void 0,
          "aria-describedby": described(id, hint, error)
        }
      ),
      children
    ] }),
    error && /* @__PURE__ */ a3("p", { class: "error", id: `${id}error`, children: error })
  ] });
}
function PasswordField({ shown: shownOutside, onShown, ...more }) {
  const [shownInside, setShownInside] = d2(false);
  const shown = shownOutside ?? shownInside;
  return /* @__PURE__ */ a3(Field2, { ...more, type: shown ? "text" : "password", spellcheck: false, autocapitalize: "off", autocorrect: "off", children: /* @__PURE__ */ a3("button", { type: "button", class: "quiet", "aria-label": `${shown ? "Hide" : "Show"} ${more.label.toLowerCase()}`, onClick: () => (onShown ?? setShownInside)(!shown), children: shown ? "Hide" : "Show" }) });
}
function Check({ label, hint, checked, onChecked, required = false }) {
  const id = P2();
  return /* @__PURE__ */ a3("div", { class: "check", children: [
    /* @__PURE__ */ a3(
      "input",
      {
        type: "checkbox",
        id,
        checked,
        required,
        "aria-describedby": hint ? `${id}hint` : void 0,
        onChange: (event) => onChecked(event.currentTarget.checked)
      }
    ),
    /* @__PURE__ */ a3("div", { children: [
      /* @__PURE__ */ a3("label", { for: id, children: label }),
      hint && /* @__PURE__ */ a3("p", { class: "hint", id: `${id}hint`, children: hint })
    ] })
  ] });
}
var described = (id, hint, error) => [hint && `${id}hint`, error && `${id}error`].filter(Boolean).join(" ") || void 0;

// console/src/parts/answers.jsx
var MOST = 10;
function Answers({ answers, onAnswers }) {
  const box = T2(
    /** @type {HTMLFieldSetElement | null} */
    null
  );
  const [added, setAdded] = d2(false);
  F2(() => {
    if (added) [...box.current?.querySelectorAll("input") ?? []].at(-1)?.focus();
    setAdded(false);
  }, [added]);
  return /* @__PURE__ */ a3("fieldset", { class: "answers", ref: box, children: [
    /* @__PURE__ */ a3("legend", { children: "Security answers" }),
    answers.map((answer, index) => /* @__PURE__ */ a3(
      PasswordField,
      {
        label: `Answer ${index + 1}`,
        value: answer,
        required: true,
        autocomplete: "off",
        onValue: (value) => onAnswers(answers.with(index, value))
      },
      index
    )),
    /* @__PURE__ */ a3("div", { class: "buttons", children: [
      answers.length < MOST && /* @__PURE__ */ a3("button", { type: "button", class: "quiet", onClick: () => (onAnswers([...answers, ""]), setAdded(true)), children: answers.length === 0 ? "Add a security answer" : "Add another answer" }),
      answers.length > 0 && /* @__PURE__ */ a3("button", { type: "button", class: "quiet", onClick: () => onAnswers(answers.slice(0, -1)), children: "Remove the last answer" })
    ] })
  ] });
}

// console/src/views/create-answers.jsx
function CreateAnswers({ draft, go }) {
  const [answers, setAnswers] = d2(draft.answers);
  const next = (event) => {
    event.preventDefault();
    go("warning", { answers });
  };
  return /* @__PURE__ */ a3($, { children: [
    /* @__PURE__ */ a3("p", { class: "lead", children: T3.create.answersLead }),
    /* @__PURE__ */ a3("form", { class: "card", onSubmit: next, children: [
      /* @__PURE__ */ a3(Answers, { answers, onAnswers: setAnswers }),
      /* @__PURE__ */ a3("p", { class: "hint", children: "Capital letters and extra spaces make no difference." }),
      /* @__PURE__ */ a3("div", { class: "buttons", children: /* @__PURE__ */ a3("button", { class: "main", children: answers.length === 0 ? "Continue without answers" : "Continue" }) })
    ] })
  ] });
}

// console/src/parts/server-choice.jsx
function ServerChoice({ origins, onOrigins }) {
  const offered = useOffered(origins);
  if (offered.length < 2) return null;
  const toggle = (origin, wanted) => {
    const next = offered.filter((one) => one === origin ? wanted : origins.includes(one));
    if (next.length > 0) onOrigins(next);
  };
  return /* @__PURE__ */ a3("fieldset", { class: "servers-choice", children: [
    /* @__PURE__ */ a3("legend", { children: "Servers" }),
    /* @__PURE__ */ a3("p", { class: "hint", children: T3.servers.choice }),
    offered.map((origin) => /* @__PURE__ */ a3(Check, { label: /* @__PURE__ */ a3($, { children: [
      nameOf(origin),
      origin === HOME && " (this page’s)"
    ] }), checked: origins.includes(origin), onChecked: (wanted) => toggle(origin, wanted) }, origin))
  ] });
}
function useOffered(origins) {
  const [found, setFound] = d2(
    /** @type {string[]} */
    []
  );
  A2(() => void peers().then(setFound), []);
  return [.../* @__PURE__ */ new Set([HOME, ...found, ...origins])];
}

// console/src/views/create-email.jsx
var MAIL_TAKES = 4e4;
function CreateEmail({ draft, server, go, origins, onOrigins }) {
  const [email, setEmail] = d2(draft.email);
  const task = useTask();
  const send = (event) => {
    event.preventDefault();
    if (email === draft.email && draft.at === server.name && draft.sent && draft.sent.expires > Date.now()) return go("code", {});
    void task.run(async ({ signal }) => go("code", { email, sent: await sendCode(server, email, signal), at: server.name, code: "", codes: {}, replace: false }));
  };
  return /* @__PURE__ */ a3($, { children: [
    /* @__PURE__ */ a3("p", { class: "lead", children: T3.create.emailLead }),
    /* @__PURE__ */ a3(Failure, { text: task.message }),
    /* @__PURE__ */ a3("form", { class: "card", onSubmit: send, children: [
      /* @__PURE__ */ a3(Field2, { label: "E-mail address", type: "email", autocomplete: "username", name: "username", required: true, value: email, onValue: setEmail, spellcheck: false }),
      /* @__PURE__ */ a3(ServerChoice, { origins, onOrigins }),
      /* @__PURE__ */ a3("div", { class: "buttons", children: /* @__PURE__ */ a3("button", { class: "main", disabled: task.busy, children: task.busy ? "Sending" : "Send me a code" }) })
    ] }),
    /* @__PURE__ */ a3(Notice, { children: T3.create.backupHint })
  ] });
}
async function sendCode(place2, email, signal) {
  const servers = new Servers(place2 instanceof Servers ? [...place2.members] : [place2], { deadline: MAIL_TAKES });
  const report = await servers.each(() => true, (server, within) => server.requestCode(normalEmail(email), within), { signal });
  const unsent = {};
  const sent = report.flatMap((one) => one.outcome === "answered" ? [one.answer] : []);
  for (const one of report) if (one.outcome === "failed") unsent[one.server] = explain(one.error);
  const [failed2] = report.flatMap((one) => one.outcome === "failed" ? [one.error] : []);
  if (sent.length === 0 && failed2) throw failed2;
  const now = Date.now();
  return {
    expires: now + Math.min(...sent.map(({ expires_in }) => expires_in)) * 1e3,
    again: now + Math.max(...sent.map(({ retry_after }) => retry_after)) * 1e3,
    unsent
  };
}

// console/src/views/create-code.jsx
var LENGTH = 16;
var isWhole = (code) => plain(code).length === LENGTH;
function CreateCode({ draft, server, go, wrong, onTyped }) {
  const [code, setCode] = d2(draft.code);
  const [tried, setTried] = d2(false);
  const task = useTask();
  const now = useNow(true);
  const { expires, again } = draft.sent ?? { expires: 0, again: 0 };
  const [left, wait] = [(expires - now) / 1e3, (again - now) / 1e3];
  const whole = isWhole(code);
  const next = (event) => {
    event.preventDefault();
    setTried(true);
    if (!whole) return;
    go(draft.password === "" ? "password" : "warning", { code });
  };
  const resend = () => void task.run(async ({ signal }) => {
    go("code", { sent: await sendCode(server, draft.email, signal) });
    setCode("");
  });
  return /* @__PURE__ */ a3($, { children: [
    /* @__PURE__ */ a3("p", { class: "lead", children: T3.create.codeLead(draft.email) }),
    /* @__PURE__ */ a3(Failure, { text: task.message ?? (wrong ? T3.create.wrongCode : null) }),
    /* @__PURE__ */ a3("form", { class: "card", onSubmit: next, children: [
      /* @__PURE__ */ a3(
        Field2,
        {
          label: "Code",
          class: "code",
          autocomplete: "one-time-code",
          name: "code",
          required: true,
          value: code,
          spellcheck: false,
          autocapitalize: "characters",
          hint: T3.create.codeForm,
          error: tried && !whole ? T3.create.codeForm : null,
          onValue: (text) => (setCode(shaped(text)), setTried(false), onTyped())
        }
      ),
      /* @__PURE__ */ a3("p", { class: "countdown", children: left > 0 ? /* @__PURE__ */ a3($, { children: [
        "Valid for another ",
        /* @__PURE__ */ a3("span", { class: "figures", children: clock(left) }),
        " minutes."
      ] }) : T3.create.codeOver }),
      /* @__PURE__ */ a3("p", { class: "unseen", role: "status", children: left > 0 ? `Valid for ${Math.ceil(left / 300) * 5} minutes at most.` : T3.create.codeOver }),
      /* @__PURE__ */ a3("div", { class: "buttons", children: [
        /* @__PURE__ */ a3("button", { class: "main", children: "Continue" }),
        /* @__PURE__ */ a3("button", { type: "button", disabled: wait > 0 || task.busy, onClick: resend, children: wait > 0 ? /* @__PURE__ */ a3($, { children: [
          "Send another code in ",
          /* @__PURE__ */ a3("span", { class: "figures", children: clock(wait) })
        ] }) : "Send another code" })
      ] })
    ] })
  ] });
}
var plain = (text) => text.toUpperCase().replace(/[^0-9A-Z]/g, "");
function shaped(text) {
  const found = text.toUpperCase().match(/\b[0-9A-Z]{4}(?:[\s\u2010-\u2015\u2212-]?[0-9A-Z]{4}){3}\b/)?.[0];
  return found ? (plain(found).match(/.{4}/g) ?? []).join("-") : text;
}

// console/src/views/create-codes.jsx
function CreateCodes({ draft, server, go, wrong, onTyped }) {
  const [codes, setCodes] = d2(draft.codes);
  const [tried, setTried] = d2(false);
  const task = useTask();
  const now = useNow(true);
  const { expires, again, unsent } = draft.sent ?? { expires: 0, again: 0, unsent: {} };
  const [left, wait] = [(expires - now) / 1e3, (again - now) / 1e3];
  const given = Object.fromEntries(Object.entries(codes).filter(([, code]) => code.trim() !== ""));
  const whole = Object.keys(given).length > 0 && Object.values(given).every(isWhole);
  const next = (event) => {
    event.preventDefault();
    setTried(true);
    if (whole) go(draft.password === "" ? "password" : "warning", { codes: given });
  };
  const resend = () => void task.run(async ({ signal }) => {
    go("code", { sent: await sendCode(server, draft.email, signal) });
    setCodes({});
  });
  const names = server.names.filter((name) => !(name in unsent));
  const errorOf = (name) => {
    const code = codes[name] ?? "";
    const missing = name === names[0] && Object.keys(given).length === 0;
    return tried && (missing || code.trim() !== "" && !isWhole(code)) ? T3.create.codeForm : null;
  };
  return /* @__PURE__ */ a3($, { children: [
    /* @__PURE__ */ a3("p", { class: "lead", children: T3.servers.codesLead(draft.email) }),
    /* @__PURE__ */ a3(Failure, { text: task.message ?? (wrong ? T3.create.wrongCode : null) }),
    Object.keys(unsent).length > 0 && /* @__PURE__ */ a3(Notice, { kind: "warning", children: [
      /* @__PURE__ */ a3("p", { children: T3.servers.unsent(Object.keys(unsent).join(", ")) }),
      /* @__PURE__ */ a3("ul", { children: Object.entries(unsent).map(([name, why]) => /* @__PURE__ */ a3("li", { children: [
        name,
        ": ",
        why
      ] }, name)) })
    ] }),
    /* @__PURE__ */ a3("form", { class: "card", onSubmit: next, children: [
      names.map((name) => /* @__PURE__ */ a3(
        Field2,
        {
          label: `Code from ${name}`,
          class: "code",
          autocomplete: "one-time-code",
          autocapitalize: "characters",
          spellcheck: false,
          value: codes[name] ?? "",
          error: errorOf(name),
          onValue: (text) => (setCodes({ ...codes, [name]: shaped(text) }), setTried(false), onTyped())
        },
        name
      )),
      /* @__PURE__ */ a3("p", { class: "countdown", children: left > 0 ? /* @__PURE__ */ a3($, { children: [
        "Valid for another ",
        /* @__PURE__ */ a3("span", { class: "figures", children: clock(left) }),
        " minutes."
      ] }) : T3.create.codeOver }),
      /* @__PURE__ */ a3("div", { class: "buttons", children: [
        /* @__PURE__ */ a3("button", { class: "main", children: "Continue" }),
        /* @__PURE__ */ a3("button", { type: "button", disabled: wait > 0 || task.busy, onClick: resend, children: wait > 0 ? /* @__PURE__ */ a3($, { children: [
          "Send others in ",
          /* @__PURE__ */ a3("span", { class: "figures", children: clock(wait) })
        ] }) : "Send others" })
      ] })
    ] })
  ] });
}

// console/src/generator.js
var LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
var GROUPS = 4;
var LETTERS_IN_GROUP = 5;
function generatePassword() {
  const group = () => Array.from({ length: LETTERS_IN_GROUP }, () => LETTERS[random(LETTERS.length)]).join("");
  return Array.from({ length: GROUPS }, group).join("-");
}
function random(limit) {
  const [byte] = (
    /** @type {Uint8Array & { 0: number }} */
    crypto.getRandomValues(new Uint8Array(1))
  );
  const fair = 256 - 256 % limit;
  return byte < fair ? byte % limit : random(limit);
}

// console/src/parts/new-password.jsx
var SHORTEST = 8;
var LEAST_GUESSES = 1e10;
var LEVELS = [1e8, 1e10, 1e12, 1e14];
var NAMES2 = ["Very weak", "Weak", "Fair", "Strong", "Very strong"];
function useNewPassword(email) {
  const [password, setPassword] = d2("");
  const [again, setAgain] = d2("");
  const [shown, setShown] = d2(false);
  const [made, setMade] = d2(
    /** @type {string | null} */
    null
  );
  const strength = useStrength(password, email);
  const problem = problemOf(password, again, strength, made);
  const generate = () => {
    const fresh = generatePassword();
    setMade(fresh);
    setPassword(fresh);
    setAgain(fresh);
    setShown(true);
  };
  const check = async () => problemOf(password, again, await judged(password, email), made);
  return { password, setPassword, again, setAgain, shown, setShown, strength, problem, generate, check };
}
function problemOf(password, again, strength, made) {
  if ([...password].length < SHORTEST) return T3.strength.short;
  if (strength !== null && typeof strength === "object" && strength.guesses < LEAST_GUESSES) return T3.strength.weak;
  if (strength === "unavailable" && password !== made) return T3.strength.unavailable;
  return password === again ? null : T3.strength.differs;
}
async function judged(password, email) {
  try {
    const meter = await import("./strength.js");
    return meter.strength(password, [email]);
  } catch {
    return "unavailable";
  }
}
function NewPassword({ email, state, tried }) {
  const { password, again, shown, setShown, problem } = state;
  const differs = problem === T3.strength.differs;
  return /* @__PURE__ */ a3($, { children: [
    /* @__PURE__ */ a3("input", { class: "unseen", type: "text", name: "username", autocomplete: "username", value: email, readOnly: true, tabIndex: -1, "aria-hidden": "true" }),
    /* @__PURE__ */ a3(
      PasswordField,
      {
        label: "New password",
        autocomplete: "new-password",
        name: "new-password",
        required: true,
        value: password,
        onValue: state.setPassword,
        shown,
        onShown: setShown,
        error: tried && !differs ? problem : null
      }
    ),
    /* @__PURE__ */ a3(Meter, { password, strength: state.strength }),
    /* @__PURE__ */ a3("button", { type: "button", onClick: state.generate, children: "Make a strong password" }),
    /* @__PURE__ */ a3(
      PasswordField,
      {
        label: "The same password again",
        autocomplete: "new-password",
        name: "new-password-again",
        required: true,
        value: again,
        onValue: state.setAgain,
        shown,
        onShown: setShown,
        error: (tried || again.length >= password.length) && again !== "" && differs ? problem : tried && differs ? problem : null
      }
    )
  ] });
}
function Meter({ password, strength }) {
  if (password === "" || strength === null) return /* @__PURE__ */ a3("div", { class: "meter", role: "status" });
  if (typeof strength === "string") return /* @__PURE__ */ a3("div", { class: "meter", role: "status", children: /* @__PURE__ */ a3("p", { class: "hint", children: T3.strength[strength] }) });
  const level = LEVELS.filter((guesses) => strength.guesses >= guesses).length;
  return /* @__PURE__ */ a3("div", { class: "meter", role: "status", children: [
    /* @__PURE__ */ a3("svg", { class: `bars level${level}`, viewBox: "0 0 100 4", preserveAspectRatio: "none", "aria-hidden": "true", children: NAMES2.map((name, index) => /* @__PURE__ */ a3("rect", { x: index * 20.4, y: "0", width: "18.4", height: "4", rx: "1", class: index <= level ? "on" : "off" }, name)) }),
    /* @__PURE__ */ a3("p", { children: [
      /* @__PURE__ */ a3("strong", { children: [
        NAMES2[level],
        "."
      ] }),
      " ",
      T3.strength.time(strength.seconds),
      ", ",
      T3.strength.why,
      "."
    ] })
  ] });
}
function useStrength(password, email) {
  const [strength, setStrength] = d2(
    /** @type {ReturnType<typeof useStrength>} */
    null
  );
  A2(() => {
    if (password === "") return setStrength(null);
    let current = true;
    setStrength((before) => before ?? "loading");
    const timer2 = setTimeout(async () => {
      const judgement = await judged(password, email);
      if (current) setStrength(judgement);
    }, 200);
    return () => {
      current = false;
      clearTimeout(timer2);
    };
  }, [password, email]);
  return strength;
}

// console/src/views/create-password.jsx
function CreatePassword({ draft, go }) {
  const state = useNewPassword(draft.email);
  const [tried, setTried] = d2(false);
  const next = async (event) => {
    event.preventDefault();
    setTried(true);
    if (await state.check() === null) go("answers", { password: state.password });
  };
  return /* @__PURE__ */ a3($, { children: [
    /* @__PURE__ */ a3("p", { class: "lead", children: T3.create.passwordLead }),
    /* @__PURE__ */ a3("form", { class: "card", onSubmit: (event) => void next(event), noValidate: true, children: [
      /* @__PURE__ */ a3(NewPassword, { email: draft.email, state, tried }),
      /* @__PURE__ */ a3("div", { class: "buttons", children: /* @__PURE__ */ a3("button", { class: "main", children: "Continue" }) })
    ] })
  ] });
}

// console/src/views/create-warning.jsx
function CreateWarning({ draft, inUse, onCreate }) {
  const [understood, setUnderstood] = d2(false);
  const [replace, setReplace] = d2(false);
  const create = (event) => {
    event.preventDefault();
    onCreate({ replace });
  };
  const { length } = draft.answers;
  return /* @__PURE__ */ a3($, { children: /* @__PURE__ */ a3("form", { class: "card", onSubmit: create, children: [
    /* @__PURE__ */ a3("ul", { class: "points", children: T3.create.warning.map((text) => /* @__PURE__ */ a3("li", { children: text }, text)) }),
    /* @__PURE__ */ a3("p", { children: [
      "You need, each time: the address ",
      /* @__PURE__ */ a3("strong", { class: "break", children: draft.email }),
      ", the password",
      length === 0 ? "." : length === 1 ? ", and one answer." : `, and ${length} answers in their order.`
    ] }),
    /* @__PURE__ */ a3("div", { role: "alert", children: inUse && /* @__PURE__ */ a3(Notice, { kind: "warning", children: [
      /* @__PURE__ */ a3("p", { children: T3.create.inUse }),
      /* @__PURE__ */ a3(Check, { label: T3.create.replace, checked: replace, onChecked: setReplace })
    ] }) }),
    /* @__PURE__ */ a3(Check, { label: T3.create.understood, required: true, checked: understood, onChecked: setUnderstood }),
    /* @__PURE__ */ a3("div", { class: "buttons", children: /* @__PURE__ */ a3("button", { class: "main", children: "Create the wallet" }) })
  ] }) });
}

// console/src/views/create.jsx
var STEPS = ["email", "code", "password", "answers", "warning"];
var TITLES = {
  email: T3.create.title,
  code: "Enter the code",
  password: "Choose a password",
  answers: "Security answers",
  warning: T3.create.warnTitle
};
function Create({ server, origins, onOrigins, onOpen }) {
  const [step, setStep] = d2(
    /** @type {Step} */
    "email"
  );
  const [draft, setDraft] = d2(
    /** @type {Draft} */
    { email: "", sent: null, at: "", code: "", codes: {}, password: "", answers: [], replace: false }
  );
  const keys = useKeptKeys();
  const task = useTask();
  const [refused3, setRefused] = d2(
    /** @type {"InvalidCode" | "EmailInUse" | null} */
    null
  );
  const [late, setLate] = d2(false);
  A2(() => {
    const shown = new AbortController();
    keepVersion(shown.signal);
    return () => shown.abort();
  }, []);
  const forgive = () => {
    setRefused(null);
    setLate(false);
    task.clear();
  };
  const go = (next, more) => {
    setDraft((before) => ({ ...before, ...more }));
    setStep(next);
    forgive();
  };
  const create = (more) => {
    const all = { ...draft, ...more };
    setDraft(all);
    setRefused(null);
    setLate(false);
    void task.run(async ({ signal, onProgress }) => {
      const { email, password, answers, replace } = all;
      const code = server instanceof Servers ? all.codes : all.code;
      const who = await keys.of({ email, password, answers }, { kdf, signal, onProgress: (part) => onProgress(part * DERIVED) });
      onProgress(DERIVED);
      try {
        const wallet = await Wallet.create(server, who, { code, replace, data: entriesToBytes(noEntries()), signal });
        keys.given();
        if (signal.aborted) return wallet.lock();
        void navigator.storage?.persist?.().catch(() => {
        });
        onOpen(wallet, { email, answers: answers.length }, "welcome");
      } catch (error) {
        if (LarimarError.is(error, "InvalidCode")) setStep("code");
        if (LarimarError.is(error, "InvalidCode") || LarimarError.is(error, "EmailInUse")) setRefused(
          /** @type {any} */
          error.code
        );
        else if (LarimarError.is(error, "KeyRetired") || LarimarError.is(error, "InvalidText")) setStep("password");
        throw error;
      }
    });
  };
  const cancel = () => {
    setLate(task.fraction >= DERIVED);
    task.cancel();
  };
  const common = { draft, server, go };
  const at = STEPS.indexOf(step);
  return /* @__PURE__ */ a3(View, { title: TITLES[step], narrow: true, children: [
    /* @__PURE__ */ a3("p", { class: "steps", children: `Step ${at + 1} of ${STEPS.length}` }),
    /* @__PURE__ */ a3("div", { role: "alert", children: task.message && !refused3 && /* @__PURE__ */ a3(Notice, { kind: "danger", children: task.message }) }),
    /* @__PURE__ */ a3("div", { role: "status", children: late && /* @__PURE__ */ a3(Notice, { kind: "warning", children: T3.create.canceledLate }) }),
    task.busy && /* @__PURE__ */ a3(Progress, { label: task.fraction < DERIVED ? T3.unlock.working : T3.unlock.asking, fraction: task.fraction, onCancel: cancel }),
    /* @__PURE__ */ a3("div", { hidden: task.busy, children: [
      step === "email" && /* @__PURE__ */ a3(CreateEmail, { ...common, origins, onOrigins }),
      step === "code" && server instanceof Servers && /* @__PURE__ */ a3(CreateCodes, { ...common, server, wrong: refused3 === "InvalidCode", onTyped: forgive }),
      step === "code" && server instanceof Server && /* @__PURE__ */ a3(CreateCode, { ...common, wrong: refused3 === "InvalidCode", onTyped: forgive }),
      step === "password" && /* @__PURE__ */ a3(CreatePassword, { ...common }),
      step === "answers" && /* @__PURE__ */ a3(CreateAnswers, { ...common }),
      step === "warning" && /* @__PURE__ */ a3(CreateWarning, { draft, inUse: refused3 === "EmailInUse", onCreate: create }),
      /* @__PURE__ */ a3("div", { class: "other", children: [
        at > 0 && /* @__PURE__ */ a3("button", { type: "button", class: "quiet", onClick: () => setStep(
          /** @type {Step} */
          STEPS[at - 1]
        ), children: "Back" }),
        /* @__PURE__ */ a3("p", { children: [
          "Already have a wallet? ",
          /* @__PURE__ */ a3("a", { href: "#unlock", children: "Unlock it" })
        ] })
      ] })
    ] })
  ] });
}
function useKeptKeys() {
  const kept = T2(
    /** @type {{ name: string, keys: import("larimar-client").Keys } | null} */
    null
  );
  A2(() => () => kept.current?.keys.wipe(), []);
  return {
    /** @type {(who: import("larimar-client").Credentials, options: import("larimar-client").DeriveOptions) => Promise<import("larimar-client").Keys>} */
    async of(who, options) {
      const name = JSON.stringify(who);
      if (kept.current?.name === name) return kept.current.keys;
      kept.current?.keys.wipe();
      kept.current = null;
      const keys = await deriveKeys(who, options);
      kept.current = { name, keys };
      return keys;
    },
    given: () => void (kept.current = null)
  };
}

// console/src/parts/banners.jsx
function Banners({ session, route }) {
  const { wallet } = session;
  const conflict2 = session.conflict && route !== "conflict";
  const looked = route !== "servers" && wallet.online && needsLook(session);
  const shown = wallet.problem || conflict2 || session.unsaved || session.failure || !wallet.online || looked;
  return /* @__PURE__ */ a3("section", { "aria-label": "Notices", class: shown ? "banners" : "banners empty", children: [
    /* @__PURE__ */ a3("div", { role: "alert", children: [
      wallet.problem && /* @__PURE__ */ a3(Problem, { session }),
      conflict2 && /* @__PURE__ */ a3(Notice, { kind: "warning", title: T3.conflict.title, children: [
        /* @__PURE__ */ a3("p", { children: T3.states.conflict.text }),
        /* @__PURE__ */ a3("p", { children: /* @__PURE__ */ a3("a", { class: "button", href: "#conflict", children: "Compare and choose" }) })
      ] })
    ] }),
    !wallet.problem && !session.conflict && /* @__PURE__ */ a3(Unsaved, { session }),
    looked && /* @__PURE__ */ a3(Notice, { kind: "warning", children: /* @__PURE__ */ a3("p", { children: [
      T3.servers.attention,
      " ",
      /* @__PURE__ */ a3("a", { href: "#servers", children: "Look at the servers" })
    ] }) })
  ] });
}
function Problem({ session }) {
  const task = useTask();
  const { problem, server } = session.wallet;
  if (!problem) return null;
  const again = LarimarError.is(task.error, problem.code);
  const known = T3.problems.byCode[problem.code]?.(problem.server ?? server.name);
  return /* @__PURE__ */ a3(Notice, { kind: "danger", title: known?.title ?? "The server has a problem", children: [
    /* @__PURE__ */ a3("p", { children: known?.text ?? `${explain(problem)} ${T3.problems.remembered}` }),
    /* @__PURE__ */ a3("div", { class: "buttons", children: [
      known?.repair && /* @__PURE__ */ a3("button", { type: "button", disabled: task.busy, onClick: () => void task.run(() => session.repair()), children: known.repair }),
      /* @__PURE__ */ a3("button", { type: "button", disabled: task.busy, onClick: () => void task.run(() => session.refresh()), children: "Ask the server again" })
    ] }),
    /* @__PURE__ */ a3(Failure, { text: again ? null : task.message })
  ] });
}
function Unsaved({ session }) {
  const { state, failure, fleeting } = session;
  const offline = session.wallet.report ? T3.states.few : T3.states.offline;
  if (!session.unsaved || !fleeting && (state === "saving" || !failure && session.wallet.online)) {
    return state === "offline" ? /* @__PURE__ */ a3(Notice, { kind: "warning", children: session.wallet.remembers ? offline.text : T3.states.forgetful }) : null;
  }
  const why = state === "offline" ? offline.why : failure && explain(failure);
  return /* @__PURE__ */ a3(Notice, { kind: "warning", title: "Not saved yet", children: [
    /* @__PURE__ */ a3("p", { children: [why, fleeting ? T3.states.fleeting : T3.states.unsaved.text].filter(Boolean).join(" ") }),
    /* @__PURE__ */ a3("p", { children: /* @__PURE__ */ a3("button", { type: "button", disabled: state === "saving", onClick: () => void session.save(), children: "Save now" }) })
  ] });
}

// console/src/parts/said.jsx
var SHOWN_FOR = 1e4;
function Said({ session }) {
  const { said, locksSoon } = session;
  A2(() => {
    if (!said) return;
    const timer2 = setTimeout(() => session.hush(), SHOWN_FOR);
    return () => clearTimeout(timer2);
  }, [said]);
  return /* @__PURE__ */ a3("div", { class: "said", children: [
    /* @__PURE__ */ a3("div", { role: "alert", children: locksSoon && /* @__PURE__ */ a3("p", { class: "toast", children: T3.lock.soon }) }),
    /* @__PURE__ */ a3("div", { role: "status", children: said && /* @__PURE__ */ a3("div", { class: "toast", children: [
      /* @__PURE__ */ a3("p", { children: said.text }),
      said.undo && session.steps.length > 0 && /* @__PURE__ */ a3("button", { type: "button", onClick: () => void session.undo(), children: "Undo" }),
      /* @__PURE__ */ a3("button", { type: "button", "aria-label": "Close this message", onClick: () => session.hush(), children: "✕" })
    ] }) })
  ] });
}

// console/src/parts/state-chip.jsx
function StateChip({ session }) {
  const { state } = session;
  const { label, text: usual3 } = state === "offline" && session.wallet.report ? T3.states.few : T3.states[state];
  const text = session.fleeting ? T3.states.fleeting : usual3;
  const unsaved = state === "offline" && session.unsaved;
  return /* @__PURE__ */ a3("span", { class: `chip ${state}`, role: "status", title: text, "data-state": state, children: [
    /* @__PURE__ */ a3("span", { class: "dot", "aria-hidden": "true" }),
    label,
    unsaved && ", not saved",
    /* @__PURE__ */ a3("span", { class: "unseen", children: [
      ". ",
      text
    ] })
  ] });
}

// console/src/files.js
function download(name, content, type = "application/octet-stream") {
  const url = URL.createObjectURL(new Blob([
    /** @type {BlobPart} */
    content
  ], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 6e4);
}
function backupText({ server, publickey, date, blob }) {
  const encrypted_data = btoa(Array.from(blob, (byte) => String.fromCharCode(byte)).join(""));
  return `${JSON.stringify({ larimar_backup: 1, server, publickey, date, encrypted_data }, null, 2)}
`;
}
function readBackup(text) {
  try {
    const { larimar_backup, server, publickey, date, encrypted_data } = JSON.parse(text);
    const blob = Uint8Array.from(atob(encrypted_data), (character) => character.charCodeAt(0));
    const whole = larimar_backup === 1 && [server, publickey, date].every((value) => typeof value === "string");
    return whole && revisionOf(blob) ? { server, publickey, date, blob } : null;
  } catch {
    return null;
  }
}
function csv(rows) {
  const cell = (value) => {
    const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
    return /[",\r\n']/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return rows.map((row) => `${row.map(cell).join(",")}\r
`).join("");
}

// console/src/parts/chart.jsx
var WIDTH = 600;
var HEIGHT = 120;
var FOOT = 18;
function Chart({ days }) {
  const most = Math.max(...days.map(({ count }) => count), 1);
  const step = WIDTH / days.length;
  const height = (count) => count / most * (HEIGHT - FOOT - 14);
  const busy = days.filter(({ count }) => count > 0);
  const [first2, last] = [days[0], days.at(-1)];
  return /* @__PURE__ */ a3("figure", { class: "chart", children: [
    /* @__PURE__ */ a3("figcaption", { children: [
      /* @__PURE__ */ a3("h2", { children: T3.accesses.chart }),
      /* @__PURE__ */ a3("p", { class: "hint", children: T3.accesses.chartLimits })
    ] }),
    /* @__PURE__ */ a3("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, "aria-hidden": "true", children: [
      /* @__PURE__ */ a3("line", { x1: "0", x2: WIDTH, y1: HEIGHT - FOOT, y2: HEIGHT - FOOT, class: "axis" }),
      days.map(({ day: date, count }, index) => /* @__PURE__ */ a3("g", { children: [
        /* @__PURE__ */ a3("rect", { x: index * step + 3, width: step - 6, y: HEIGHT - FOOT - height(count), height: height(count), rx: "2", class: "bar", children: /* @__PURE__ */ a3("title", { children: `${day(date)}: ${number(count)}` }) }),
        count > 0 && /* @__PURE__ */ a3("text", { x: index * step + step / 2, y: HEIGHT - FOOT - height(count) - 3, "text-anchor": "middle", children: number(count) })
      ] }, index))
    ] }),
    /* @__PURE__ */ a3("div", { class: "ends", "aria-hidden": "true", children: [
      /* @__PURE__ */ a3("span", { children: first2 && day(first2.day) }),
      /* @__PURE__ */ a3("span", { children: last && day(last.day) })
    ] }),
    /* @__PURE__ */ a3("details", { children: [
      /* @__PURE__ */ a3("summary", { children: "The same as a table" }),
      busy.length === 0 ? /* @__PURE__ */ a3("p", { children: "No listed request in these days." }) : /* @__PURE__ */ a3("table", { children: [
        /* @__PURE__ */ a3("caption", { class: "unseen", children: T3.accesses.chart }),
        /* @__PURE__ */ a3("thead", { children: /* @__PURE__ */ a3("tr", { children: [
          /* @__PURE__ */ a3("th", { scope: "col", children: "Day" }),
          /* @__PURE__ */ a3("th", { scope: "col", class: "number", children: "Requests" })
        ] }) }),
        /* @__PURE__ */ a3("tbody", { children: busy.toReversed().map(({ day: date, count }) => /* @__PURE__ */ a3("tr", { children: [
          /* @__PURE__ */ a3("th", { scope: "row", children: day(date) }),
          /* @__PURE__ */ a3("td", { class: "number", children: number(count) })
        ] }, date.getTime())) })
      ] }),
      /* @__PURE__ */ a3("p", { class: "hint", children: "Days without a listed request are left out." })
    ] })
  ] });
}

// console/src/parts/time.jsx
var Time = ({ at }) => /* @__PURE__ */ a3("time", { dateTime: at, class: "time", children: [
  /* @__PURE__ */ a3("span", { class: "ago", children: ago(at) }),
  " ",
  /* @__PURE__ */ a3("span", { class: "moment", children: moment(at) })
] });

// console/src/parts/last-access.jsx
function LastAccess({ session, link = false }) {
  if (!session.wallet.statistics) return link ? null : /* @__PURE__ */ a3("p", { class: "last-access", children: T3.accesses.offline });
  const last = session.lastBefore;
  if (!last) return link ? null : /* @__PURE__ */ a3("p", { class: "last-access", children: T3.accesses.none });
  const elsewhere = last.ip !== ownAddress(session);
  const refused3 = last.outcome !== "ok" && last.outcome !== "not_modified";
  return /* @__PURE__ */ a3("p", { class: elsewhere ? "last-access elsewhere" : "last-access", children: [
    "Last access before this one: ",
    /* @__PURE__ */ a3(Time, { at: last.time }),
    ", ",
    methodWords(last.method).toLowerCase(),
    refused3 && `, ${outcomeWords(last.outcome)}`,
    ",",
    " ",
    "from ",
    /* @__PURE__ */ a3("span", { class: "break", children: last.ip }),
    elsewhere ? ", another address than yours now" : ", the address you have now",
    ".",
    link && /* @__PURE__ */ a3($, { children: [
      " ",
      /* @__PURE__ */ a3("a", { href: "#accesses", children: "Look at all accesses" })
    ] })
  ] });
}

// console/src/views/accesses.jsx
function Accesses({ session }) {
  const task = useTask();
  const { statistics } = session.wallet;
  const refresh = () => void task.run(() => session.refresh());
  A2(refresh, []);
  return /* @__PURE__ */ a3(View, { title: "Who has been here", actions: /* @__PURE__ */ a3("div", { class: "buttons", children: /* @__PURE__ */ a3("button", { type: "button", disabled: task.busy, onClick: refresh, children: "Refresh" }) }), children: [
    /* @__PURE__ */ a3("p", { class: "lead", children: T3.accesses.lead }),
    /* @__PURE__ */ a3(Failure, { text: session.wallet.problem ? null : task.message }),
    /* @__PURE__ */ a3(LastAccess, { session }),
    /* @__PURE__ */ a3(Elsewhere, { session }),
    /* @__PURE__ */ a3(Notice, { kind: "warning", children: [
      /* @__PURE__ */ a3("p", { children: T3.accesses.notMe }),
      /* @__PURE__ */ a3("p", { children: /* @__PURE__ */ a3("a", { class: "button", href: "#password", children: "This was not me: change the password" }) })
    ] }),
    statistics && /* @__PURE__ */ a3($, { children: [
      /* @__PURE__ */ a3(Addresses, { session, statistics }),
      /* @__PURE__ */ a3(Chart, { days: byDay(statistics) }),
      /* @__PURE__ */ a3(Recent, { session, statistics })
    ] })
  ] });
}
function Elsewhere({ session }) {
  const [last, other] = [session.lastBefore, lastElsewhere(session)];
  if (!other || other.time === last?.time) return null;
  return /* @__PURE__ */ a3("p", { children: [
    "Last access from another address: ",
    /* @__PURE__ */ a3(Time, { at: other.time }),
    ", ",
    methodWords(other.method).toLowerCase(),
    ", from ",
    /* @__PURE__ */ a3("span", { class: "break", children: other.ip }),
    "."
  ] });
}
function Addresses({ session, statistics }) {
  const [own, fresh] = [ownAddress(session), newAddresses(session)];
  return /* @__PURE__ */ a3("section", { children: [
    /* @__PURE__ */ a3("h2", { children: "Addresses" }),
    /* @__PURE__ */ a3("table", { class: "stacked", children: [
      /* @__PURE__ */ a3("thead", { children: /* @__PURE__ */ a3("tr", { children: [
        /* @__PURE__ */ a3("th", { scope: "col", children: "Address" }),
        /* @__PURE__ */ a3("th", { scope: "col", children: "First" }),
        /* @__PURE__ */ a3("th", { scope: "col", children: "Last" }),
        /* @__PURE__ */ a3("th", { scope: "col", class: "number", children: "Requests" })
      ] }) }),
      /* @__PURE__ */ a3("tbody", { children: statistics.addresses.map(({ ip, first: first2, last, requests }) => /* @__PURE__ */ a3("tr", { children: [
        /* @__PURE__ */ a3("th", { scope: "row", children: [
          /* @__PURE__ */ a3("span", { class: "break", children: ip }),
          ip === own && /* @__PURE__ */ a3("span", { class: "tag", children: "yours now" }),
          fresh.has(ip) && /* @__PURE__ */ a3("span", { class: "tag new", children: "new this week" })
        ] }),
        /* @__PURE__ */ a3("td", { "data-label": "First", children: /* @__PURE__ */ a3(Time, { at: first2 }) }),
        /* @__PURE__ */ a3("td", { "data-label": "Last", children: /* @__PURE__ */ a3(Time, { at: last }) }),
        /* @__PURE__ */ a3("td", { "data-label": "Requests", class: "number", children: number(requests) })
      ] }, ip)) })
    ] })
  ] });
}
function Recent({ session, statistics: { recent, addresses } }) {
  const own = ownAddress(session);
  const firsts = new Map(addresses.map(({ ip, first: first2 }) => [ip, first2]));
  const save = () => {
    const rows = recent.map(({ time, ip, method, outcome }) => [time, ip, method, outcome]);
    download(`larimar-accesses-${today()}.csv`, csv([["time", "address", "method", "outcome"], ...rows]), "text/csv");
  };
  return /* @__PURE__ */ a3("section", { children: [
    /* @__PURE__ */ a3("div", { class: "head", children: [
      /* @__PURE__ */ a3("h2", { children: "Recent requests" }),
      /* @__PURE__ */ a3("div", { class: "buttons", children: /* @__PURE__ */ a3("button", { type: "button", onClick: save, children: "Download as CSV" }) })
    ] }),
    /* @__PURE__ */ a3("p", { class: "hint", children: T3.accesses.limits }),
    /* @__PURE__ */ a3("table", { class: "stacked", children: [
      /* @__PURE__ */ a3("thead", { children: /* @__PURE__ */ a3("tr", { children: [
        /* @__PURE__ */ a3("th", { scope: "col", children: "When" }),
        /* @__PURE__ */ a3("th", { scope: "col", children: "What" }),
        /* @__PURE__ */ a3("th", { scope: "col", children: "Address" }),
        /* @__PURE__ */ a3("th", { scope: "col", children: "Outcome" })
      ] }) }),
      /* @__PURE__ */ a3("tbody", { children: recent.map(({ time, ip, method, outcome }, index) => /* @__PURE__ */ a3("tr", { children: [
        /* @__PURE__ */ a3("td", { "data-label": "When", children: /* @__PURE__ */ a3(Time, { at: time }) }),
        /* @__PURE__ */ a3("td", { "data-label": "What", children: methodWords(method) }),
        /* @__PURE__ */ a3("td", { "data-label": "Address", children: [
          /* @__PURE__ */ a3("span", { class: "break", children: ip }),
          ip === own && /* @__PURE__ */ a3("span", { class: "tag", children: "yours now" }),
          firsts.get(ip) === time && /* @__PURE__ */ a3("span", { class: "tag new", children: "first time" })
        ] }),
        /* @__PURE__ */ a3("td", { "data-label": "Outcome", children: outcomeWords(outcome) })
      ] }, `${time} ${index}`)) })
    ] })
  ] });
}

// console/src/parts/backup-button.jsx
function BackupButton({ session }) {
  const { wallet } = session;
  const blob = wallet.sealedBlob;
  const save = () => {
    if (!blob) return;
    const file = { server: wallet.server.name, publickey: wallet.publicKey, date: (/* @__PURE__ */ new Date()).toISOString(), blob };
    download(`larimar-backup-${today()}.larimar.json`, backupText(file), "application/json");
    session.say("The backup file is in your downloads. Keep it where you find it again.");
  };
  return /* @__PURE__ */ a3("button", { type: "button", disabled: !blob, onClick: save, children: "Download a backup file" });
}

// console/src/parts/secret.jsx
var SHOWN_FOR2 = 6e4;
function Secret({ name, secret, say }) {
  const [shown, setShown] = d2(false);
  A2(() => {
    if (!shown) return;
    const timer2 = setTimeout(() => setShown(false), SHOWN_FOR2);
    return () => clearTimeout(timer2);
  }, [shown]);
  const copied = () => copy(secret).then(() => say?.(T3.entries.copied(name)), () => say?.(T3.entries.copyFailed));
  if (secret === "") return /* @__PURE__ */ a3("p", { class: "secret none", children: "No secret" });
  return /* @__PURE__ */ a3("div", { class: "secret", children: [
    shown ? /* @__PURE__ */ a3("code", { children: secret }) : /* @__PURE__ */ a3("span", { class: "dots", children: [
      /* @__PURE__ */ a3("span", { "aria-hidden": "true", children: "••••••••" }),
      /* @__PURE__ */ a3("span", { class: "unseen", children: "Hidden secret" })
    ] }),
    /* @__PURE__ */ a3("div", { class: "buttons", children: [
      /* @__PURE__ */ a3("button", { type: "button", class: "quiet", "aria-label": `${shown ? "Hide" : "Show"} the secret of ${name}`, onClick: () => setShown(!shown), children: shown ? "Hide" : "Show" }),
      say && /* @__PURE__ */ a3("button", { type: "button", class: "quiet", "aria-label": `Copy the secret of ${name}`, onClick: () => void copied(), children: "Copy" })
    ] })
  ] });
}

// console/src/parts/comparison.jsx
var WORDS3 = { added: "Would come back", removed: "Would go", changed: "Would change" };
function Comparison({ now, then, nowName = "Now", thenName }) {
  const found = differences(now, then);
  return /* @__PURE__ */ a3("div", { class: "comparison", children: [
    /* @__PURE__ */ a3("p", { children: [
      number(found.length),
      " ",
      found.length === 1 ? "difference" : "differences",
      "."
    ] }),
    /* @__PURE__ */ a3("ul", { class: "plain", children: found.map(({ id, kind, before, after }) => /* @__PURE__ */ a3("li", { class: `difference ${kind}`, children: [
      /* @__PURE__ */ a3("p", { class: "difference-title break", children: [
        (after ?? before)?.name,
        " ",
        /* @__PURE__ */ a3("span", { class: "tag", children: WORDS3[kind] })
      ] }),
      /* @__PURE__ */ a3("div", { class: "sides", children: [
        before && /* @__PURE__ */ a3(Side, { title: nowName, entry: before }),
        after && /* @__PURE__ */ a3(Side, { title: thenName, entry: after })
      ] }),
      before && after && /* @__PURE__ */ a3("p", { class: "hint", children: [
        "Different: ",
        changedFields(before, after),
        "."
      ] })
    ] }, id)) })
  ] });
}
var Side = ({ title, entry }) => /* @__PURE__ */ a3("div", { class: "side", children: [
  /* @__PURE__ */ a3("p", { class: "side-title", children: title }),
  /* @__PURE__ */ a3("p", { class: "break", children: /* @__PURE__ */ a3("strong", { children: entry.name }) }),
  /* @__PURE__ */ a3(Secret, { name: `${entry.name} (${title})`, secret: entry.secret }),
  entry.note && /* @__PURE__ */ a3("p", { class: "note", children: entry.note })
] });
function changedFields(a4, b2) {
  const names = (
    /** @type {const} */
    ["name", "secret", "note"]
  );
  return names.filter((name) => (a4[name] ?? "") !== (b2[name] ?? "")).join(", ");
}

// console/src/views/backup.jsx
var MOST_BYTES2 = 8 * 1024 * 1024;
function Backup({ session }) {
  return /* @__PURE__ */ a3(View, { title: "Backup", children: [
    /* @__PURE__ */ a3("section", { class: "card", children: [
      /* @__PURE__ */ a3("h2", { children: "Make a backup file" }),
      /* @__PURE__ */ a3("p", { children: T3.backup.lead }),
      session.unsaved && /* @__PURE__ */ a3(Notice, { kind: "warning", children: T3.backup.unsaved }),
      /* @__PURE__ */ a3("div", { class: "buttons", children: /* @__PURE__ */ a3(BackupButton, { session }) })
    ] }),
    /* @__PURE__ */ a3(Import, { session })
  ] });
}
function Import({ session }) {
  const id = P2();
  const input = T2(
    /** @type {HTMLInputElement | null} */
    null
  );
  const [opened2, setOpened] = d2(
    /** @type {Opened | null} */
    null
  );
  const [refusal, setRefusal] = d2(
    /** @type {string | null} */
    null
  );
  const task = useTask();
  const read2 = async () => {
    const file = input.current?.files?.[0];
    setOpened(null);
    setRefusal(null);
    if (!file) return;
    const backup = file.size <= MOST_BYTES2 ? readBackup(await file.text()) : null;
    if (!backup) return setRefusal(T3.backup.notBackup);
    if (backup.publickey !== session.wallet.publicKey) return setRefusal(T3.backup.otherKeys);
    try {
      const { plaintext } = await session.wallet.openSealed(backup.blob);
      setOpened({ date: backup.date, server: backup.server, plaintext });
    } catch (error) {
      setRefusal(LarimarError.is(error, "Tampered") ? T3.backup.damaged : explain(error));
    }
  };
  const restore = () => void task.run(async () => {
    const stored = opened2 && await session.restore(opened2.plaintext);
    setOpened(null);
    if (input.current) input.current.value = "";
    session.say(stored ? T3.backup.done : T3.backup.kept, true);
  });
  return /* @__PURE__ */ a3("section", { class: "card", children: [
    /* @__PURE__ */ a3("h2", { children: "Import a backup file" }),
    /* @__PURE__ */ a3("p", { children: T3.backup.importLead }),
    /* @__PURE__ */ a3("div", { class: "field", children: [
      /* @__PURE__ */ a3("label", { for: id, children: "Backup file" }),
      /* @__PURE__ */ a3("input", { id, ref: input, type: "file", accept: ".json,application/json", onChange: () => void read2() })
    ] }),
    /* @__PURE__ */ a3(Failure, { text: refusal ?? task.message }),
    opened2 && /* @__PURE__ */ a3(Found, { session, opened: opened2, busy: task.busy, onRestore: restore })
  ] });
}
function Found({ session, opened: opened2, busy, onRestore }) {
  const then = parseEntries(opened2.plaintext);
  const now = session.entries;
  const same2 = then && now && differences(now, then).length === 0;
  return /* @__PURE__ */ a3("div", { role: "group", "aria-label": "The backup compared with now", children: [
    /* @__PURE__ */ a3("p", { role: "status", children: [
      "The file opened. It was made on ",
      moment(opened2.date),
      " from ",
      /* @__PURE__ */ a3("span", { class: "break", children: opened2.server }),
      "."
    ] }),
    then && now && !same2 && /* @__PURE__ */ a3(Comparison, { now, then, thenName: "In the backup" }),
    !then && /* @__PURE__ */ a3("p", { children: [
      "It is no list of entries. It has ",
      size(opened2.plaintext.length),
      "."
    ] }),
    same2 ? /* @__PURE__ */ a3("p", { children: T3.backup.tooNew }) : /* @__PURE__ */ a3("div", { class: "buttons", children: /* @__PURE__ */ a3("button", { type: "button", class: "main", disabled: busy, onClick: onRestore, children: "Restore the backup" }) })
  ] });
}

// console/src/views/conflict.jsx
function Conflict({ session }) {
  const { conflict: conflict2 } = session;
  const sides = conflict2 && sidesOf(conflict2);
  const [changed, setChanged] = d2(false);
  const [choices, setChoices] = d2(
    /** @type {Record<string, Choice>} */
    {}
  );
  const task = useTask();
  const resolve = (plaintext) => void task.run(async ({ signal }) => {
    try {
      if (conflict2) await session.resolve(conflict2, plaintext);
    } catch (error) {
      if (!LarimarError.is(error, "Conflict")) throw error;
      setChoices({});
      setChanged(true);
      if (signal.aborted) session.say(T3.conflict.changed);
      return;
    }
    session.say(session.wallet.state === "saved" ? T3.conflict.done : T3.conflict.kept);
    location.hash = "entries";
  });
  if (!conflict2) return null;
  return /* @__PURE__ */ a3(View, { title: T3.conflict.title, children: [
    /* @__PURE__ */ a3("p", { class: "lead", children: T3.conflict.lead }),
    /* @__PURE__ */ a3("p", { children: [
      "The other device stored its state on ",
      moment(conflict2.updated),
      "."
    ] }),
    /* @__PURE__ */ a3(Exports, { conflict: conflict2 }),
    /* @__PURE__ */ a3("div", { role: "alert", children: changed && /* @__PURE__ */ a3(Notice, { kind: "warning", children: T3.conflict.changed }) }),
    /* @__PURE__ */ a3(Failure, { text: task.message }),
    sides ? /* @__PURE__ */ a3("form", { onSubmit: (event) => (event.preventDefault(), resolve(entriesToBytes(chosen(sides.merged, sides.clashes, choices)))), children: [
      sides.clashes.map((clash) => /* @__PURE__ */ a3(Clashing, { clash, choice: choices[clash.id] ?? usual2(clash), onChoice: (choice) => setChoices({ ...choices, [clash.id]: choice }) }, clash.id)),
      /* @__PURE__ */ a3("div", { class: "buttons", children: /* @__PURE__ */ a3("button", { class: "main", disabled: task.busy, children: "Save my choices" }) })
    ] }) : /* @__PURE__ */ a3("div", { class: "card", children: [
      /* @__PURE__ */ a3("p", { children: T3.conflict.whole }),
      /* @__PURE__ */ a3("div", { class: "buttons", children: [
        /* @__PURE__ */ a3("button", { type: "button", disabled: task.busy, onClick: () => resolve(conflict2.mine), children: "Keep what this device has" }),
        /* @__PURE__ */ a3("button", { type: "button", disabled: task.busy, onClick: () => resolve(conflict2.theirs), children: "Keep what the server has" })
      ] })
    ] })
  ] });
}
var Exports = ({ conflict: conflict2 }) => /* @__PURE__ */ a3("div", { class: "buttons", children: [
  /* @__PURE__ */ a3("button", { type: "button", onClick: () => download(`larimar-this-device-${today()}.json`, conflict2.mine, "application/json"), children: "Download this device’s side, unencrypted" }),
  /* @__PURE__ */ a3("button", { type: "button", onClick: () => download(`larimar-other-device-${today()}.json`, conflict2.theirs, "application/json"), children: "Download the other side, unencrypted" })
] });
function Clashing({ clash: { mine, theirs, base }, choice, onChoice }) {
  const id = P2();
  const name = (mine ?? theirs ?? base)?.name ?? "";
  const options = mine && theirs ? [["both", "Keep both"], ["mine", "Keep this device’s"], ["theirs", "Keep the other device’s"]] : mine ? [["mine", "Keep the entry as this device has it"], ["theirs", "Delete it, as the other device did"]] : [["theirs", "Keep the entry as the other device has it"], ["mine", "Delete it, as this device did"]];
  return /* @__PURE__ */ a3("fieldset", { class: "card clash", children: [
    /* @__PURE__ */ a3("legend", { children: name }),
    /* @__PURE__ */ a3("div", { class: "sides", children: [
      mine ? /* @__PURE__ */ a3(Side, { title: "This device", entry: mine }) : /* @__PURE__ */ a3(Deleted, { title: "This device" }),
      theirs ? /* @__PURE__ */ a3(Side, { title: "Other device", entry: theirs }) : /* @__PURE__ */ a3(Deleted, { title: "Other device" })
    ] }),
    mine && theirs && /* @__PURE__ */ a3("p", { class: "hint", children: [
      "Different: ",
      changedFields(mine, theirs),
      "."
    ] }),
    /* @__PURE__ */ a3("div", { class: "choices", children: options.map(([value, label]) => /* @__PURE__ */ a3("div", { class: "check", children: [
      /* @__PURE__ */ a3("input", { type: "radio", id: `${id}${value}`, name: id, value, checked: choice === value, onChange: () => onChoice(value) }),
      /* @__PURE__ */ a3("label", { for: `${id}${value}`, children: label })
    ] }, value)) })
  ] });
}
var Deleted = ({ title }) => /* @__PURE__ */ a3("div", { class: "side", children: [
  /* @__PURE__ */ a3("p", { class: "side-title", children: title }),
  /* @__PURE__ */ a3("p", { children: "Deleted here." })
] });
var usual2 = ({ mine, theirs }) => mine && theirs ? "both" : mine ? "mine" : "theirs";
function chosen(merged, clashes, choices) {
  const byId = new Map(clashes.map((clash) => [clash.id, clash]));
  const entries = merged.entries.flatMap((entry) => {
    const clash = byId.get(entry.id);
    if (!clash) return [entry];
    const { mine, theirs } = clash;
    const choice = choices[clash.id] ?? usual2(clash);
    const kept = choice === "theirs" ? theirs : mine;
    const other = choice === "both" && theirs ? [{ ...theirs, id: newEntryId(), name: `${theirs.name} (other device)` }] : [];
    return kept ? [kept, ...other] : other;
  });
  return { ...merged, entries };
}

// console/src/views/entry-form.jsx
function EntryForm({ draft, onDraft, onDone, onCancel }) {
  const { before, fields } = draft;
  const form = T2(
    /** @type {HTMLFormElement | null} */
    null
  );
  const note = P2();
  const filled = isFilled(draft);
  F2(() => void (filled && !draft.dropped || form.current?.querySelector("input")?.focus()), []);
  const set = (more) => onDraft({ ...draft, fields: { ...fields, ...more } });
  const done = (event) => {
    event.preventDefault();
    onDone(draft);
  };
  const escape = ({ key }) => key === "Escape" && !filled && onCancel();
  return /* @__PURE__ */ a3("form", { ref: form, class: before ? "entry-form" : "entry-form card", onSubmit: done, "aria-label": before ? `Edit ${before.name}` : "New entry", onKeyDown: escape, children: [
    /* @__PURE__ */ a3("div", { role: "alert", children: /* @__PURE__ */ a3(Overtaken, { draft }) }),
    /* @__PURE__ */ a3(Field2, { label: "Name", required: true, pattern: ".*\\S.*", title: "At least one character", autocomplete: "off", value: fields.name, onValue: (name) => set({ name }) }),
    /* @__PURE__ */ a3(SecretField, { secret: fields.secret, onSecret: (secret) => set({ secret }), fresh: !before }),
    /* @__PURE__ */ a3("div", { class: "field", children: [
      /* @__PURE__ */ a3("label", { for: note, children: "Note" }),
      /* @__PURE__ */ a3("textarea", { id: note, rows: 3, value: fields.note, onInput: (event) => set({ note: event.currentTarget.value }) })
    ] }),
    /* @__PURE__ */ a3("div", { class: "buttons", children: [
      /* @__PURE__ */ a3("button", { class: "main", children: before ? "Save the entry" : "Add the entry" }),
      /* @__PURE__ */ a3("button", { type: "button", onClick: onCancel, children: "Cancel" })
    ] })
  ] });
}
function Overtaken({ draft: { before, overtaken, dropped } }) {
  if (dropped) return /* @__PURE__ */ a3(Notice, { kind: "warning", children: T3.entries.dropped });
  if (overtaken.length === 0) return null;
  const now = fieldsOf(before);
  return /* @__PURE__ */ a3(Notice, { kind: "warning", children: [
    /* @__PURE__ */ a3("p", { children: T3.entries.overtaken(overtaken.join(" and the ")) }),
    overtaken.map((name) => /* @__PURE__ */ a3("div", { children: [
      /* @__PURE__ */ a3("p", { class: "hint", children: [
        "The ",
        name,
        " there:"
      ] }),
      name === "secret" ? /* @__PURE__ */ a3(Secret, { name: `${now.name} on the other device`, secret: now.secret }) : /* @__PURE__ */ a3("p", { class: "note", children: now[name] || "Empty." })
    ] }, name))
  ] });
}
function SecretField({ secret, onSecret, fresh }) {
  const [shown, setShown] = d2(false);
  const id = P2();
  const lines = secret.split("\n").length;
  return /* @__PURE__ */ a3("div", { class: "field", children: [
    /* @__PURE__ */ a3("label", { for: id, children: "Secret" }),
    /* @__PURE__ */ a3("div", { class: "control", children: [
      shown ? /* @__PURE__ */ a3("textarea", { id, class: "mono", rows: Math.min(Math.max(lines, 1), 8), value: secret, spellcheck: false, autocomplete: "off", onInput: (event) => onSecret(event.currentTarget.value) }) : lines > 1 ? /* @__PURE__ */ a3("input", { id, type: "password", value: "••••••••", autocomplete: "off", readOnly: true, "aria-describedby": `${id}lines` }) : /* @__PURE__ */ a3("input", { id, type: "password", value: secret, autocomplete: "off", spellcheck: false, onInput: (event) => onSecret(event.currentTarget.value) }),
      /* @__PURE__ */ a3("button", { type: "button", class: "quiet", "aria-label": shown ? "Hide secret" : "Show secret", onClick: () => setShown(!shown), children: shown ? "Hide" : "Show" })
    ] }),
    !shown && lines > 1 && /* @__PURE__ */ a3("p", { class: "hint", id: `${id}lines`, children: [
      lines,
      " lines. Show the secret to change it."
    ] }),
    (fresh || shown) && /* @__PURE__ */ a3("button", { type: "button", onClick: () => (onSecret(generatePassword()), setShown(true)), children: "Make a password" })
  ] });
}

// console/src/views/entries.jsx
var SEARCHED = 4;
function Entries({ session }) {
  const { draft } = session;
  const entries = session.entries?.entries ?? [];
  const [search, setSearch] = d2("");
  const add = T2(
    /** @type {HTMLButtonElement | null} */
    null
  );
  const wanted = search.trim().toLocaleLowerCase();
  const edited = draft?.before?.id;
  const matches = ({ name, note }) => `${name}
${note ?? ""}`.toLocaleLowerCase().includes(wanted);
  const found = entries.filter((entry) => entry.id === edited || matches(entry));
  const busy = isFilled(draft);
  const close = () => {
    session.setDraft(null);
    queueMicrotask(() => add.current?.focus());
  };
  const finish = ({ before, fields, ...rest }) => {
    const trimmed = { ...fields, name: fields.name.trim() };
    const changes = typed({ before, fields: trimmed, ...rest });
    close();
    if (!before) void session.apply(adding(newEntry(trimmed)));
    else if (Object.keys(changes).length > 0) void session.apply(editing(before, changes));
  };
  const remove = (entry) => {
    void session.apply(deleting(entry, entries.findIndex(({ id }) => id === entry.id)));
    queueMicrotask(() => document.querySelector("h1")?.focus());
  };
  const form = draft && /* @__PURE__ */ a3(EntryForm, { draft, onDraft: (next) => session.setDraft(next), onCancel: close, onDone: finish });
  return /* @__PURE__ */ a3(View, { title: "Entries", actions: /* @__PURE__ */ a3("div", { class: "buttons", children: [
    session.steps.length > 0 && /* @__PURE__ */ a3("button", { type: "button", onClick: () => void session.undo(), title: session.steps.at(-1)?.what, children: "Undo" }),
    /* @__PURE__ */ a3("button", { type: "button", class: "main", ref: add, onClick: () => session.setDraft(begun(null)), disabled: busy || draft !== null && !draft.before, children: "Add an entry" })
  ] }), children: [
    /* @__PURE__ */ a3(LastAccess, { session, link: true }),
    draft && !draft.before && form,
    entries.length >= SEARCHED && /* @__PURE__ */ a3("div", { class: "search", role: "search", children: [
      /* @__PURE__ */ a3(Field2, { label: "Search names and notes", type: "search", autocomplete: "off", value: search, onValue: setSearch }),
      /* @__PURE__ */ a3("p", { class: "unseen", role: "status", children: wanted && `${number(entries.filter(matches).length)} of ${number(entries.length)} entries` })
    ] }),
    entries.length === 0 && !draft && /* @__PURE__ */ a3("div", { class: "empty", children: [
      /* @__PURE__ */ a3("h2", { children: T3.entries.emptyTitle }),
      /* @__PURE__ */ a3("p", { children: T3.entries.empty })
    ] }),
    entries.length > 0 && found.length === 0 && /* @__PURE__ */ a3(Notice, { children: T3.entries.noMatch }),
    /* @__PURE__ */ a3("ul", { class: "entries", children: found.map((entry) => /* @__PURE__ */ a3("li", { class: "card entry", children: edited === entry.id ? form : /* @__PURE__ */ a3(Shown, { entry, busy, say: (text) => session.say(text), onEdit: () => session.setDraft(begun(entry)), onDelete: () => remove(entry) }) }, entry.id)) })
  ] });
}
function Shown({ entry, busy, say, onEdit, onDelete }) {
  return /* @__PURE__ */ a3($, { children: [
    /* @__PURE__ */ a3("h2", { children: entry.name }),
    /* @__PURE__ */ a3(Secret, { name: entry.name, secret: entry.secret, say }),
    entry.note && /* @__PURE__ */ a3("p", { class: "note", children: entry.note }),
    /* @__PURE__ */ a3("div", { class: "foot", children: [
      entry.updated && /* @__PURE__ */ a3("p", { class: "hint", children: [
        "Changed ",
        /* @__PURE__ */ a3(Time, { at: entry.updated })
      ] }),
      /* @__PURE__ */ a3("div", { class: "buttons", children: [
        /* @__PURE__ */ a3("button", { type: "button", class: "quiet", "aria-label": `Edit ${entry.name}`, disabled: busy, onClick: onEdit, children: "Edit" }),
        /* @__PURE__ */ a3("button", { type: "button", class: "quiet", "aria-label": `Delete ${entry.name}`, onClick: onDelete, children: "Delete" })
      ] })
    ] })
  ] });
}

// console/src/views/foreign.jsx
function Foreign({ session }) {
  const task = useTask();
  const [asks, setAsks] = d2(false);
  const { foreign } = session;
  if (!foreign) return null;
  return /* @__PURE__ */ a3(View, { title: T3.foreign.title, narrow: true, children: [
    /* @__PURE__ */ a3("p", { class: "lead", children: T3.foreign.text }),
    /* @__PURE__ */ a3("div", { class: "card", children: [
      /* @__PURE__ */ a3("p", { children: [
        "It has ",
        size(foreign.length),
        "."
      ] }),
      /* @__PURE__ */ a3("div", { class: "buttons", children: [
        /* @__PURE__ */ a3("button", { type: "button", class: "main", onClick: () => download(`larimar-content-${today()}.bin`, foreign), children: "Download it, unencrypted" }),
        !asks && /* @__PURE__ */ a3("button", { type: "button", onClick: () => setAsks(true), children: "Begin a list of entries instead" })
      ] }),
      asks && /* @__PURE__ */ a3(Asking, { busy: task.busy, onKeep: () => setAsks(false), onBegin: () => void task.run(() => session.restore(entriesToBytes(noEntries()))) }),
      /* @__PURE__ */ a3(Failure, { text: task.message })
    ] })
  ] });
}
function Asking({ busy, onKeep, onBegin }) {
  const keep = T2(
    /** @type {HTMLButtonElement | null} */
    null
  );
  F2(() => keep.current?.focus(), []);
  return /* @__PURE__ */ a3(Notice, { kind: "warning", alert: true, children: [
    /* @__PURE__ */ a3("p", { children: T3.foreign.start }),
    /* @__PURE__ */ a3("div", { class: "buttons", children: [
      /* @__PURE__ */ a3("button", { type: "button", ref: keep, disabled: busy, onClick: onKeep, children: "Leave it as it is" }),
      /* @__PURE__ */ a3("button", { type: "button", disabled: busy, onClick: onBegin, children: "Put an empty list in its place" })
    ] })
  ] });
}

// console/src/views/gone.jsx
function GoneView({ session }) {
  const { gone } = session;
  const unsaved = T2(session.unsaved).current;
  const { draft } = session;
  const { title, text, password } = T3.gone[gone?.event ?? "moved"];
  F2(() => document.querySelector("h1")?.focus(), []);
  return /* @__PURE__ */ a3(View, { title, narrow: true, children: [
    /* @__PURE__ */ a3("p", { class: "lead", role: "alert", children: text }),
    gone?.since && /* @__PURE__ */ a3("p", { children: [
      "It happened on ",
      moment(gone.since),
      "."
    ] }),
    /* @__PURE__ */ a3("div", { class: "card", children: [
      unsaved && /* @__PURE__ */ a3("p", { children: [
        /* @__PURE__ */ a3("strong", { children: "This device has changes that were never stored." }),
        " Download them, and add them again after unlocking."
      ] }),
      draft && isFilled(draft) && /* @__PURE__ */ a3(Side, { title: "What you were typing", entry: { id: "", ...draft.fields } }),
      /* @__PURE__ */ a3("div", { class: "buttons", children: [
        /* @__PURE__ */ a3("button", { type: "button", class: "main", onClick: () => void session.lock(), children: "Lock, and unlock again" }),
        /* @__PURE__ */ a3("button", { type: "button", onClick: () => download(`larimar-content-${today()}.json`, session.wallet.data, "application/json"), children: "Download what is here, unencrypted" }),
        /* @__PURE__ */ a3(BackupButton, { session })
      ] }),
      /* @__PURE__ */ a3("p", { class: "hint", children: [
        "Whoever has the unencrypted file can read it. The backup file opens with ",
        password,
        " only."
      ] })
    ] })
  ] });
}

// console/src/views/password.jsx
function Password({ session }) {
  const { email } = session.person;
  const state = useNewPassword(email);
  const [answers, setAnswers] = d2(
    /** @type {string[]} */
    []
  );
  const [understood, setUnderstood] = d2(false);
  const [tried, setTried] = d2(false);
  const [done, setDone] = d2(false);
  const task = useTask();
  const change = async (event) => {
    event.preventDefault();
    setTried(true);
    if (await state.check() !== null) return;
    void task.run(async (options) => {
      await session.changePassword({ password: state.password, answers }, options);
      setDone(true);
    });
  };
  if (done) {
    return /* @__PURE__ */ a3(View, { title: "The password is changed", narrow: true, children: [
      /* @__PURE__ */ a3(Notice, { kind: "good", children: T3.password.done }),
      awayOf(session) && /* @__PURE__ */ a3(Notice, { kind: "warning", children: T3.password.doneButFor(awayOf(session)) }),
      /* @__PURE__ */ a3("div", { class: "buttons", children: [
        /* @__PURE__ */ a3(BackupButton, { session }),
        /* @__PURE__ */ a3("a", { class: "button main", href: "#entries", children: "Go to the entries" })
      ] })
    ] });
  }
  return /* @__PURE__ */ a3(View, { title: "Change the password", narrow: true, children: [
    /* @__PURE__ */ a3("p", { class: "lead", children: T3.password.lead }),
    session.unsaved && /* @__PURE__ */ a3(Notice, { children: T3.password.backupFirst }),
    /* @__PURE__ */ a3(Failure, { text: session.changes && !task.busy && task.message ? T3.password.unknown : task.message }),
    task.busy && /* @__PURE__ */ a3(Progress, { label: task.fraction < 1 ? T3.unlock.working : T3.unlock.asking, fraction: task.fraction }),
    /* @__PURE__ */ a3("form", { class: "card", onSubmit: (event) => void change(event), hidden: task.busy, children: [
      /* @__PURE__ */ a3(NewPassword, { email, state, tried }),
      /* @__PURE__ */ a3(Answers, { answers, onAnswers: setAnswers }),
      /* @__PURE__ */ a3("p", { class: "hint", children: T3.password.answers }),
      /* @__PURE__ */ a3(Check, { label: T3.create.understood, required: true, checked: understood, onChecked: setUnderstood }),
      /* @__PURE__ */ a3("div", { class: "buttons", children: [
        /* @__PURE__ */ a3("button", { class: "main", children: "Change the password" }),
        /* @__PURE__ */ a3("a", { class: "button", href: "#settings", children: "Cancel" })
      ] })
    ] })
  ] });
}

// console/src/views/remove.jsx
function Remove({ session }) {
  const [typed2, setTyped] = d2("");
  const [tried, setTried] = d2(false);
  const task = useTask();
  const plain2 = (text) => text.trim().toLowerCase();
  const right = plain2(typed2) === plain2(session.person.email);
  const remove = (event) => {
    event.preventDefault();
    setTried(true);
    if (right) void task.run(() => session.remove());
  };
  return /* @__PURE__ */ a3(View, { title: "Delete the wallet", narrow: true, children: [
    /* @__PURE__ */ a3(Notice, { kind: "danger", children: T3.remove.lead }),
    /* @__PURE__ */ a3("p", { children: /* @__PURE__ */ a3(BackupButton, { session }) }),
    /* @__PURE__ */ a3(Failure, { text: task.message }),
    /* @__PURE__ */ a3("form", { class: "card", onSubmit: remove, children: [
      /* @__PURE__ */ a3(
        Field2,
        {
          label: T3.remove.confirm,
          type: "email",
          autocomplete: "off",
          required: true,
          value: typed2,
          onValue: (text) => (setTyped(text), setTried(false)),
          error: tried && !right ? T3.remove.mismatch : null
        }
      ),
      /* @__PURE__ */ a3("div", { class: "buttons", children: [
        /* @__PURE__ */ a3("button", { class: "danger", disabled: task.busy, children: "Delete for ever" }),
        /* @__PURE__ */ a3("a", { class: "button", href: "#settings", children: "Cancel" })
      ] })
    ] })
  ] });
}

// console/src/views/servers.jsx
function Servers2({ session }) {
  const task = useTask();
  const { report } = session.wallet;
  const origins = originsOf(session);
  const more = useOffered(origins).filter((origin) => !origins.includes(origin));
  const keepOn2 = (next) => void task.run(() => keepOn(session, next));
  const leave = (name) => keepOn2(origins.filter((origin) => nameOf(origin) !== name));
  return /* @__PURE__ */ a3(View, { title: "Servers", actions: /* @__PURE__ */ a3("button", { type: "button", disabled: task.busy, onClick: () => void task.run(() => session.refresh()), children: "Look again" }), children: [
    /* @__PURE__ */ a3("p", { class: "lead", children: report ? T3.servers.lead(report.lines.length, report.quorum) : T3.servers.alone }),
    /* @__PURE__ */ a3(Failure, { text: task.message }),
    /* @__PURE__ */ a3("div", { role: "status", children: [
      report && /* @__PURE__ */ a3("p", { children: T3.servers.have(report.holders, report.lines.length) }),
      report?.rolledBack != null && /* @__PURE__ */ a3(Notice, { kind: "warning", children: T3.servers.rolledBack }),
      report && !report.certain && /* @__PURE__ */ a3(Notice, { kind: "warning", children: T3.servers.uncertain })
    ] }),
    session.conflict && /* @__PURE__ */ a3(Notice, { kind: "warning", title: T3.conflict.title, children: /* @__PURE__ */ a3("p", { children: /* @__PURE__ */ a3("a", { class: "button", href: "#conflict", children: "Compare and choose" }) }) }),
    /* @__PURE__ */ a3("ul", { class: "plain servers", children: report ? report.lines.map((line) => /* @__PURE__ */ a3(Place, { session, line, onLeave: isElsewhere(report.lines, line) ? () => leave(line.server) : null, busy: task.busy }, line.server)) : origins.map((origin) => /* @__PURE__ */ a3("li", { class: "card", children: /* @__PURE__ */ a3("h2", { class: "break", children: nameOf(origin) }) }, origin)) }),
    more.length > 0 && /* @__PURE__ */ a3("section", { class: "card", children: [
      /* @__PURE__ */ a3("h2", { children: "More servers" }),
      /* @__PURE__ */ a3("p", { children: T3.servers.more }),
      /* @__PURE__ */ a3("ul", { class: "plain", children: more.map((origin) => /* @__PURE__ */ a3("li", { class: "head", children: [
        /* @__PURE__ */ a3("span", { class: "break", children: nameOf(origin) }),
        /* @__PURE__ */ a3("button", { type: "button", disabled: task.busy, "aria-label": `Keep it there, too: ${nameOf(origin)}`, onClick: () => keepOn2([...origins, origin]), children: "Keep it there, too" })
      ] }, origin)) })
    ] })
  ] });
}
var isElsewhere = (lines, line) => lines.some((other) => other !== line && other.verdict === "ok" && other.head);
function Place({ session, line, busy, onLeave }) {
  const { server, verdict, head, took, updated, error } = line;
  const what = advice(line);
  return /* @__PURE__ */ a3("li", { class: "card", children: [
    /* @__PURE__ */ a3("div", { class: "head", children: [
      /* @__PURE__ */ a3("h2", { class: "break", children: server }),
      /* @__PURE__ */ a3("span", { class: `verdict ${verdict}`, children: [
        /* @__PURE__ */ a3("span", { class: "dot", "aria-hidden": "true" }),
        verdict
      ] })
    ] }),
    what && /* @__PURE__ */ a3("p", { children: /* @__PURE__ */ a3("strong", { children: [
      what[0]?.toUpperCase(),
      what.slice(1),
      "."
    ] }) }),
    error && verdict !== "behind" && /* @__PURE__ */ a3("p", { class: "hint", children: error.message }),
    /* @__PURE__ */ a3("dl", { children: [
      /* @__PURE__ */ a3("dt", { children: "Revision" }),
      /* @__PURE__ */ a3("dd", { children: head ? number(head.revision) : "None" }),
      head && updated && /* @__PURE__ */ a3($, { children: [
        /* @__PURE__ */ a3("dt", { children: "Stored" }),
        /* @__PURE__ */ a3("dd", { children: moment(updated) })
      ] }),
      took !== null && /* @__PURE__ */ a3($, { children: [
        /* @__PURE__ */ a3("dt", { children: "Answered in" }),
        /* @__PURE__ */ a3("dd", { children: [
          number(took),
          " ms"
        ] })
      ] })
    ] }),
    needsACode(line) && /* @__PURE__ */ a3(BringIn, { session, server }),
    onLeave && /* @__PURE__ */ a3("p", { children: /* @__PURE__ */ a3("button", { type: "button", class: "quiet", disabled: busy, "aria-label": `Take it off this list: ${server}`, onClick: onLeave, children: "Take it off this list" }) })
  ] });
}
function BringIn({ session, server }) {
  const [sent, setSent] = d2(false);
  const [code, setCode] = d2("");
  const [replace, setReplace] = d2(false);
  const task = useTask();
  const sending = sent ? "Send another code" : "Have a code sent";
  const inUse = task.error && /** @type {any} */
  task.error.code === "EmailInUse";
  const send = () => void task.run(async ({ signal }) => {
    await codeFrom(session, server, normalEmail(session.person.email), signal);
    setSent(true);
  });
  const add = (event) => {
    event.preventDefault();
    void task.run(() => addServer(session, server, { code, replace }));
  };
  return /* @__PURE__ */ a3("form", { onSubmit: add, children: [
    /* @__PURE__ */ a3("div", { class: "buttons", children: /* @__PURE__ */ a3("button", { type: "button", disabled: task.busy, "aria-label": `${sending}: ${server}`, onClick: send, children: sending }) }),
    /* @__PURE__ */ a3("div", { role: "status", children: sent && /* @__PURE__ */ a3("p", { class: "hint", children: T3.create.codeLead(session.person.email) }) }),
    /* @__PURE__ */ a3(Failure, { text: task.message }),
    inUse && /* @__PURE__ */ a3(Check, { label: T3.create.replace, checked: replace, onChecked: setReplace }),
    /* @__PURE__ */ a3(Field2, { label: `Code from ${server}`, class: "code", autocomplete: "one-time-code", autocapitalize: "characters", spellcheck: false, required: true, value: code, onValue: setCode, hint: T3.create.codeForm }),
    /* @__PURE__ */ a3("div", { class: "buttons", children: /* @__PURE__ */ a3("button", { class: "main", disabled: task.busy, "aria-label": `Keep it here, too: ${server}`, children: "Keep it here, too" }) })
  ] });
}

// console/src/views/settings.jsx
function Settings({ session }) {
  const { wallet, person } = session;
  const [remember, setRemember] = d2(rememberedPerson() !== null);
  const remembering = (wanted) => {
    rememberPerson(wanted ? person : null);
    setRemember(wanted);
  };
  return /* @__PURE__ */ a3(View, { title: "Settings", children: [
    /* @__PURE__ */ a3("section", { class: "card", children: [
      /* @__PURE__ */ a3("h2", { children: "Locking" }),
      /* @__PURE__ */ a3(LockChoice, {})
    ] }),
    /* @__PURE__ */ a3("section", { class: "card", children: [
      /* @__PURE__ */ a3("h2", { children: "This device" }),
      /* @__PURE__ */ a3(Check, { label: T3.unlock.remember, hint: T3.unlock.rememberHint, checked: remember, onChecked: remembering }),
      /* @__PURE__ */ a3(Persistence, {})
    ] }),
    /* @__PURE__ */ a3("section", { class: "card", children: [
      /* @__PURE__ */ a3("h2", { children: "Password" }),
      /* @__PURE__ */ a3("p", { children: [
        "The wallet of ",
        /* @__PURE__ */ a3("strong", { class: "break", children: person.email }),
        " opens with a password",
        person.answers > 0 && ` and ${number(person.answers)} ${person.answers === 1 ? "answer" : "answers"}`,
        "."
      ] }),
      /* @__PURE__ */ a3("p", { children: /* @__PURE__ */ a3("a", { class: "button", href: "#password", children: "Change the password" }) })
    ] }),
    /* @__PURE__ */ a3("section", { class: "card", children: [
      /* @__PURE__ */ a3("h2", { children: "Wallet" }),
      /* @__PURE__ */ a3("dl", { children: [
        /* @__PURE__ */ a3("dt", { children: wallet.report ? "Servers" : "Server" }),
        /* @__PURE__ */ a3("dd", { class: "break", children: wallet.server.name }),
        /* @__PURE__ */ a3("dt", { children: "Created" }),
        /* @__PURE__ */ a3("dd", { children: moment(wallet.stored?.created) }),
        /* @__PURE__ */ a3("dt", { children: "Last stored" }),
        /* @__PURE__ */ a3("dd", { children: moment(wallet.stored?.updated) }),
        /* @__PURE__ */ a3("dt", { children: "Size" }),
        /* @__PURE__ */ a3("dd", { children: [
          size(wallet.stored?.bytes ?? 0),
          ", encrypted"
        ] }),
        /* @__PURE__ */ a3("dt", { children: "Name of the wallet" }),
        /* @__PURE__ */ a3("dd", { class: "break mono", children: wallet.publicKey })
      ] }),
      /* @__PURE__ */ a3(Where, { several: wallet.report !== null }),
      /* @__PURE__ */ a3("p", { class: "hint", children: "The name is how the server tells wallets apart. It is no secret, but keep it to yourself: it lets others see when the wallet is used." })
    ] }),
    /* @__PURE__ */ a3("section", { class: "card danger-zone", children: [
      /* @__PURE__ */ a3("h2", { children: "Delete" }),
      /* @__PURE__ */ a3("p", { children: T3.remove.lead }),
      /* @__PURE__ */ a3("p", { children: /* @__PURE__ */ a3("a", { class: "button danger", href: "#delete", children: "Delete the wallet" }) })
    ] }),
    /* @__PURE__ */ a3("p", { class: "hint", children: /* @__PURE__ */ a3("a", { href: "NOTICES.txt", children: "Licences of this page" }) })
  ] });
}
function Where({ several }) {
  const [found, setFound] = d2(
    /** @type {string[]} */
    []
  );
  A2(() => void peers().then(setFound), []);
  return several || found.length > 0 ? /* @__PURE__ */ a3("p", { children: /* @__PURE__ */ a3("a", { class: "button", href: "#servers", children: several ? "Look at the servers" : "Keep it on several servers" }) }) : null;
}
function LockChoice() {
  const id = P2();
  const [minutes, setMinutes] = d2(lockMinutes);
  return /* @__PURE__ */ a3("div", { class: "field", children: [
    /* @__PURE__ */ a3("label", { for: id, children: "Lock when not used for" }),
    /* @__PURE__ */ a3("select", { id, value: minutes, onChange: ({ currentTarget: { value } }) => (setLockMinutes(Number(value)), setMinutes(Number(value))), children: LOCK_CHOICES.map((choice) => /* @__PURE__ */ a3("option", { value: choice, children: choice === 0 ? "Never" : choice === 1 ? "1 minute" : `${number(choice)} minutes` }, choice)) }),
    /* @__PURE__ */ a3("p", { class: "hint", children: [
      "The time counts while the window is hidden, too. ",
      minutes === 0 && "Without this, anybody who comes to this device can read the wallet."
    ] })
  ] });
}
function Persistence() {
  const [kept, setKept] = d2(
    /** @type {boolean | null} */
    null
  );
  A2(() => void navigator.storage?.persisted?.().then(setKept, () => {
  }), []);
  const ask = () => void navigator.storage.persist().then(setKept);
  if (kept === null) return null;
  if (kept) return /* @__PURE__ */ a3("p", { class: "hint", children: "The browser keeps the encrypted copy on this device until you clear it." });
  return /* @__PURE__ */ a3($, { children: [
    /* @__PURE__ */ a3("p", { class: "hint", children: "The browser may drop the encrypted copy on this device when space is short." }),
    /* @__PURE__ */ a3("p", { children: /* @__PURE__ */ a3("button", { type: "button", onClick: ask, children: "Ask it to keep the copy" }) })
  ] });
}

// console/src/views/versions.jsx
function Versions({ session }) {
  const [versions, setVersions] = d2(
    /** @type {Version[] | null} */
    null
  );
  const [chosen2, setChosen] = d2(
    /** @type {{ hash: string, saved: string, plaintext: Uint8Array } | null} */
    null
  );
  const [restored, setRestored] = d2(0);
  const task = useTask();
  F2(() => {
    if (restored && document.activeElement === document.body) document.querySelector("h1")?.focus();
  }, [restored]);
  const load = () => void task.run(async (options) => setVersions(await session.wallet.versions(options)));
  A2(load, [session.wallet.stored?.hash]);
  const compare = ({ local_hash: hash }) => void task.run(async (options) => setChosen({ hash, ...await session.wallet.version(hash, options) }));
  const restore = () => void task.run(async () => {
    const stored = chosen2 && await session.restore(chosen2.plaintext);
    setChosen(null);
    session.say(stored ? T3.versions.restored : T3.versions.kept, true);
    setRestored((times) => times + 1);
  });
  const older = versions?.filter(({ current }) => !current) ?? [];
  return /* @__PURE__ */ a3(View, { title: "Older versions", children: [
    /* @__PURE__ */ a3("p", { class: "lead", children: T3.versions.lead }),
    /* @__PURE__ */ a3(Failure, { text: task.message }),
    /* @__PURE__ */ a3("div", { role: "status", children: [
      versions && older.length === 0 && /* @__PURE__ */ a3(Notice, { children: T3.versions.none }),
      !versions && task.busy && /* @__PURE__ */ a3("p", { class: "hint", children: "Loading." })
    ] }),
    /* @__PURE__ */ a3("ul", { class: "plain versions", children: older.map((version) => /* @__PURE__ */ a3("li", { class: "card", children: [
      /* @__PURE__ */ a3("div", { class: "head", children: [
        /* @__PURE__ */ a3("p", { children: [
          "Saved ",
          /* @__PURE__ */ a3(Time, { at: version.saved }),
          /* @__PURE__ */ a3("br", {}),
          /* @__PURE__ */ a3("span", { class: "hint", children: size(version.bytes) })
        ] }),
        /* @__PURE__ */ a3("div", { class: "buttons", children: /* @__PURE__ */ a3(
          "button",
          {
            type: "button",
            disabled: task.busy,
            "aria-label": `${chosen2?.hash === version.local_hash ? "Close" : "Compare"} the version of ${moment(version.saved)}`,
            "aria-expanded": chosen2?.hash === version.local_hash,
            onClick: () => chosen2?.hash === version.local_hash ? setChosen(null) : compare(version),
            children: chosen2?.hash === version.local_hash ? "Close" : "Compare"
          }
        ) })
      ] }),
      chosen2?.hash === version.local_hash && /* @__PURE__ */ a3(Chosen, { session, chosen: chosen2, busy: task.busy, onRestore: restore })
    ] }, version.local_hash)) })
  ] });
}
function Chosen({ session, chosen: chosen2, busy, onRestore }) {
  const then = parseEntries(chosen2.plaintext);
  const now = session.entries;
  const same2 = then && now && differences(now, then).length === 0;
  return /* @__PURE__ */ a3($, { children: [
    !then && /* @__PURE__ */ a3("p", { children: [
      "This version is no list of entries. It has ",
      size(chosen2.plaintext.length),
      "."
    ] }),
    then && now && !same2 && /* @__PURE__ */ a3(Comparison, { now, then, thenName: "In this version" }),
    same2 && /* @__PURE__ */ a3("p", { children: T3.versions.same }),
    /* @__PURE__ */ a3("div", { class: "buttons", children: [
      !same2 && /* @__PURE__ */ a3("button", { type: "button", class: "main", disabled: busy, onClick: onRestore, children: "Restore this version" }),
      !then && /* @__PURE__ */ a3("button", { type: "button", onClick: () => download(`larimar-version-${today()}.bin`, chosen2.plaintext), children: "Download it, unencrypted" })
    ] })
  ] });
}

// console/src/views/welcome.jsx
function Welcome({ session }) {
  return /* @__PURE__ */ a3(View, { title: T3.create.backupTitle, narrow: true, children: [
    /* @__PURE__ */ a3("p", { class: "lead", children: T3.create.backupLead }),
    /* @__PURE__ */ a3("div", { class: "card", children: /* @__PURE__ */ a3("div", { class: "buttons", children: [
      /* @__PURE__ */ a3(BackupButton, { session }),
      /* @__PURE__ */ a3("a", { class: "button main", href: "#entries", children: "Go to the entries" })
    ] }) }),
    session.entries?.entries.length === 0 && /* @__PURE__ */ a3(Notice, { children: T3.create.backupEmpty })
  ] });
}

// console/src/views/open.jsx
var VIEWS = { accesses: Accesses, versions: Versions, backup: Backup, settings: Settings, password: Password, delete: Remove, servers: Servers2, welcome: Welcome };
var NAVIGATION = [
  ["entries", "Entries"],
  ["accesses", "Accesses"],
  ["versions", "Versions"],
  ["backup", "Backup"],
  ["settings", "Settings"]
];
var TAB = { password: "settings", delete: "settings", servers: "settings", welcome: "entries", conflict: "entries" };
function Open({ session, route }) {
  useSession(session);
  const [asks, setAsks] = d2(false);
  const known = route in VIEWS || route === "conflict" && session.conflict ? route : "entries";
  const lock = () => (session.fleeting || isFilled(session.draft)) && !session.gone ? setAsks(true) : void session.lock(T3.lock.byHand);
  return /* @__PURE__ */ a3("div", { class: "open", children: [
    /* @__PURE__ */ a3("a", { class: "skip", href: "#main", onClick: skip, children: "Skip to the content" }),
    /* @__PURE__ */ a3("header", { class: "top", children: [
      /* @__PURE__ */ a3("span", { class: "brand", children: [
        /* @__PURE__ */ a3(Logo, {}),
        "Larimar"
      ] }),
      /* @__PURE__ */ a3("span", { class: "server", children: serverWords(session) }),
      !session.gone && /* @__PURE__ */ a3(StateChip, { session }),
      /* @__PURE__ */ a3("button", { type: "button", class: "lock", onClick: lock, children: [
        /* @__PURE__ */ a3(Icon, { name: "lock" }),
        "Lock"
      ] })
    ] }),
    session.gone ? /* @__PURE__ */ a3(GoneView, { session }) : /* @__PURE__ */ a3($, { children: [
      /* @__PURE__ */ a3("nav", { "aria-label": "Views", children: NAVIGATION.map(([name = "", label]) => /* @__PURE__ */ a3("a", { href: `#${name}`, "aria-current": (TAB[known] ?? known) === name ? "page" : void 0, children: [
        /* @__PURE__ */ a3(Icon, { name }),
        /* @__PURE__ */ a3("span", { children: label })
      ] }, name)) }),
      asks && /* @__PURE__ */ a3(Asking2, { session, onStay: () => setAsks(false) }),
      /* @__PURE__ */ a3(Banners, { session, route: known }),
      /* @__PURE__ */ a3(Shown2, { session, route: known })
    ] }),
    /* @__PURE__ */ a3(Said, { session })
  ] });
}
function Asking2({ session, onStay }) {
  const stay = T2(
    /** @type {HTMLButtonElement | null} */
    null
  );
  F2(() => stay.current?.focus(), []);
  const loose = session.fleeting || isFilled(session.draft);
  A2(() => {
    if (!loose) onStay();
  }, [loose]);
  return /* @__PURE__ */ a3("section", { class: "banners", "aria-label": "Locking", children: /* @__PURE__ */ a3(Notice, { kind: "warning", title: T3.lock.asks, alert: true, children: [
    /* @__PURE__ */ a3("p", { children: session.fleeting ? T3.lock.fleeting : T3.lock.typed }),
    /* @__PURE__ */ a3("div", { class: "buttons", children: [
      /* @__PURE__ */ a3("button", { type: "button", ref: stay, onClick: onStay, children: "Stay open" }),
      /* @__PURE__ */ a3("button", { type: "button", class: "danger", onClick: () => void session.lock(T3.lock.byHand), children: "Lock, and lose this" })
    ] })
  ] }) });
}
var serverWords = ({ wallet: { server, report } }) => report ? `${report.lines.length} servers` : server.name;
function Shown2({ session, route }) {
  const View2 = VIEWS[route];
  if (View2) return /* @__PURE__ */ a3(View2, { session });
  if (route === "conflict") return /* @__PURE__ */ a3(Conflict, { session });
  return session.foreign ? /* @__PURE__ */ a3(Foreign, { session }) : /* @__PURE__ */ a3(Entries, { session });
}
function skip(event) {
  event.preventDefault();
  document.querySelector("h1")?.focus();
}

// console/src/views/unlock.jsx
function Unlock({ server, origins, onOrigins, onOpen }) {
  const [person] = d2(rememberedPerson);
  const [email, setEmail] = d2(person?.email ?? "");
  const [password, setPassword] = d2("");
  const [answers, setAnswers] = d2(() => Array.from({ length: person?.answers ?? 0 }, () => ""));
  const [remember, setRemember] = d2(person !== null);
  const [canceled, setCanceled] = d2(
    /** @type {string | null} */
    null
  );
  const task = useTask();
  const unlock = (event) => {
    event.preventDefault();
    setCanceled(null);
    void task.run(async ({ signal, onProgress }) => {
      const keys = await deriveKeys({ email, password, answers }, { kdf, signal, onProgress: (part) => onProgress(part * DERIVED) });
      onProgress(DERIVED);
      const { wallet, gone } = await opened(server, keys, signal);
      if (signal.aborted) return wallet.lock();
      rememberPerson(remember ? { email, answers: answers.length } : null);
      onOpen(wallet, { email, answers: answers.length }, "entries", gone);
    });
  };
  const cancel = () => {
    setCanceled(task.fraction < DERIVED ? T3.unlock.canceled : T3.unlock.canceledLate);
    task.cancel();
  };
  return /* @__PURE__ */ a3(View, { title: T3.unlock.title, narrow: true, children: [
    /* @__PURE__ */ a3("p", { class: "lead", children: T3.unlock.lead }),
    /* @__PURE__ */ a3(Refusal, { error: task.error }),
    /* @__PURE__ */ a3("div", { role: "status", children: canceled && /* @__PURE__ */ a3(Notice, { children: canceled }) }),
    task.busy && /* @__PURE__ */ a3(Progress, { label: task.fraction < DERIVED ? T3.unlock.working : T3.unlock.asking, fraction: task.fraction, onCancel: cancel }),
    /* @__PURE__ */ a3("form", { class: "card", onSubmit: unlock, hidden: task.busy, children: [
      /* @__PURE__ */ a3(Field2, { label: "E-mail address", type: "email", autocomplete: "username", name: "username", required: true, value: email, onValue: setEmail, spellcheck: false }),
      /* @__PURE__ */ a3(PasswordField, { label: "Password", autocomplete: "current-password", name: "password", required: true, value: password, onValue: setPassword }),
      /* @__PURE__ */ a3(Answers, { answers, onAnswers: setAnswers }),
      /* @__PURE__ */ a3(ServerChoice, { origins, onOrigins }),
      /* @__PURE__ */ a3(Check, { label: T3.unlock.remember, hint: T3.unlock.rememberHint, checked: remember, onChecked: setRemember }),
      /* @__PURE__ */ a3("div", { class: "buttons", children: /* @__PURE__ */ a3("button", { class: "main", children: "Unlock" }) })
    ] }),
    !task.busy && /* @__PURE__ */ a3("p", { class: "other", children: [
      "No wallet yet? ",
      /* @__PURE__ */ a3("a", { href: "#create", children: "Create a wallet" })
    ] })
  ] });
}
async function opened(server, keys, signal) {
  await allLocked();
  try {
    return { wallet: await Wallet.unlock(server, keys, { signal }), gone: null };
  } catch (error) {
    if (LarimarError.is(error, "WalletNotFound") && error.data["was"] !== void 0) {
      const wallet = await Wallet.unlock(server, keys, { offline: true, signal }).catch(() => null);
      if (wallet && wallet.state !== "saved") return { wallet, gone: error };
      await wallet?.lock();
    }
    keys.wipe();
    throw error;
  }
}
function Refusal({ error }) {
  return /* @__PURE__ */ a3("div", { role: "alert", children: error ? /* @__PURE__ */ a3(Reason, { error }) : null });
}
function Reason({ error }) {
  if (!LarimarError.is(error, "WalletNotFound")) {
    const named = LarimarError.is(error) ? T3.problems.byCode[error.code]?.(error.server ?? location.host) : void 0;
    if (named) return /* @__PURE__ */ a3(Notice, { kind: "danger", title: named.title, children: explain(error) });
    return /* @__PURE__ */ a3(Notice, { kind: LarimarError.is(error) && error.isOffline ? "warning" : "danger", children: offlineText(error) });
  }
  const { was, since } = error.data;
  if (was === "moved" || was === "deleted") return /* @__PURE__ */ a3(Notice, { kind: "warning", children: T3.unlock[was](String(since)) });
  return /* @__PURE__ */ a3(Notice, { kind: "warning", title: T3.unlock.none, children: [
    /* @__PURE__ */ a3("p", { children: T3.unlock.noneWhy }),
    /* @__PURE__ */ a3("ul", { children: T3.unlock.noneReasons.map((reason) => /* @__PURE__ */ a3("li", { children: reason }, reason)) })
  ] });
}
var offlineText = (error) => LarimarError.is(error, "Transport") ? T3.unlock.offlineNone : explain(error);

// console/src/app.jsx
function App() {
  if (!isSecureContext) return /* @__PURE__ */ a3(Insecure, {});
  return /* @__PURE__ */ a3(Secure, {});
}
function Secure() {
  const route = useRoute();
  const [origins, setOrigins] = d2(() => chosenServers(HOME));
  const server = w2(() => placeOf(origins), [origins]);
  const choose = b((chosen2) => {
    setChosenServers(chosen2, HOME);
    setOrigins(chosen2);
  }, []);
  const [session, setSession] = d2(
    /** @type {Session | null} */
    null
  );
  const [said, setSaid] = d2(
    /** @type {string | null} */
    null
  );
  const opened2 = b((wallet, person, first2 = "entries", gone = null) => {
    setSaid(null);
    setSession(new Session(wallet, person, gone));
    location.hash = first2;
  }, []);
  A2(() => {
    if (!session) return;
    const locked2 = (event) => {
      setSession(null);
      setOrigins(chosenServers(HOME));
      setSaid(
        /** @type {CustomEvent} */
        event.detail ?? null
      );
      location.hash = "unlock";
    };
    session.addEventListener("locked", locked2);
    return () => session.removeEventListener("locked", locked2);
  }, [session]);
  if (session) return /* @__PURE__ */ a3(Open, { session, route });
  return /* @__PURE__ */ a3($, { children: [
    /* @__PURE__ */ a3("header", { class: "top", children: [
      /* @__PURE__ */ a3("span", { class: "brand", children: [
        /* @__PURE__ */ a3(Logo, {}),
        "Larimar"
      ] }),
      /* @__PURE__ */ a3("span", { class: "server", children: nameOf(HOME) })
    ] }),
    /* @__PURE__ */ a3("div", { role: "status", children: said && route !== "create" && /* @__PURE__ */ a3("div", { class: "narrow", children: /* @__PURE__ */ a3(Notice, { children: said }) }) }),
    route === "create" ? /* @__PURE__ */ a3(Create, { server, origins, onOrigins: choose, onOpen: opened2 }) : /* @__PURE__ */ a3(Unlock, { server, origins, onOrigins: choose, onOpen: opened2 })
  ] });
}
var Insecure = () => /* @__PURE__ */ a3($, { children: [
  /* @__PURE__ */ a3("header", { class: "top", children: /* @__PURE__ */ a3("span", { class: "brand", children: [
    /* @__PURE__ */ a3(Logo, {}),
    "Larimar"
  ] }) }),
  /* @__PURE__ */ a3(View, { title: T3.insecure.title, narrow: true, children: /* @__PURE__ */ a3(Notice, { kind: "danger", alert: true, children: T3.insecure.text }) })
] });

// console/src/main.jsx
var place = (
  /** @type {HTMLElement} */
  document.getElementById("app")
);
Q(/* @__PURE__ */ a3(App, {}), place);
void followUpdates();
