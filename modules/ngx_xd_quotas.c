/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The file is text:
 *
 *     xd-quotas 1 <stamp of the zone that wrote it>
 *     <key> <window> <units> <when the window ends>
 *     ...
 *     end <lines between>
 */

#include "ngx_xd_quotas.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"

#include <signal.h>

#define FILE_MOST (64 * 1024 * 1024)
#define FILE_MODE 0640


/* What a line says. */
typedef struct {
    ngx_xd_slot_key_t key;
    long long window, spent, ends;
} line_t;


/* -- reading --------------------------------------------------------------- */


static ngx_int_t
bad_file(const ngx_str_t *path, ngx_log_t *log, ngx_err_t err, const char *why)
{
    ngx_log_error(NGX_LOG_EMERG, log, err,
        "xd_quota_state \"%V\" %s; without the file all quotas begin anew",
        path, why);

    return NGX_ERROR;
}


static ngx_uint_t
read_line(xd_str_t text, line_t *l)
{
    unsigned long long a, b;
    char copy[128];
    int used = 0;

    if (text.len == 0 || text.len >= sizeof(copy)) {
        return 0;
    }

    ngx_memcpy(copy, text.ptr, text.len);
    copy[text.len] = '\0';

    if (sscanf(copy, "%16llx%16llx %lld %lld %lld%n", &a, &b, &l->window,
            &l->spent, &l->ends, &used)
            != 5
        || (size_t) used != text.len)
    {
        return 0;
    }

    l->key.hash[0] = a;
    l->key.hash[1] = b;

    return l->window >= 0 && l->window < 1LL << 20 && l->spent >= 0
           && l->spent <= NGX_XD_QUOTA_MOST;
}


/* Windows that are over need no entry. */
static ngx_uint_t
take_line(ngx_xd_slots_t *slots, const line_t *l)
{
    int64_t word = ngx_xd_quota_word(0, l->window, l->spent);
    ngx_xd_slot_t *s;

    if (l->ends <= (long long) ngx_time()) {
        return 1;
    }

    if (ngx_xd_slots_room(slots) == 0) {
        return 0;
    }

    s = ngx_xd_slots_add(slots, l->key);
    if (!ngx_xd_slot_is_quota(s)) {
        return 0;
    }

    atomic_store(&s->u.quota.spent, word);
    atomic_store(&s->u.quota.granted, word);
    atomic_store(&s->u.quota.ends, l->ends);

    return 1;
}


static ngx_uint_t
take_lines(ngx_xd_slots_t *slots, xd_str_t text)
{
    xd_str_t line = xd_str_cut(&text, '\n');
    unsigned long long n = 0, said;
    char last[64];
    line_t l;

    if (!xd_str_starts(line, XD_STR("xd-quotas 1 "))) {
        return 0;
    }

    for (line = xd_str_cut(&text, '\n'); read_line(line, &l); n++) {
        if (!take_line(slots, &l)) {
            return 0;
        }
        line = xd_str_cut(&text, '\n');
    }

    if (line.len >= sizeof(last) || text.len != 0) {
        return 0;
    }

    ngx_memcpy(last, line.ptr, line.len);
    last[line.len] = '\0';

    return sscanf(last, "end %llu", &said) == 1 && said == n;
}


ngx_int_t
ngx_xd_quotas_load(ngx_xd_slots_t *slots, const ngx_str_t *path, ngx_log_t *log)
{
    xd_arena_t *arena = xd_arena_new(0);
    xd_str_t text;
    ngx_int_t rv = NGX_OK;
    xd_rc_t rc;

    if (arena == NULL) {
        return NGX_ERROR;
    }

    rc = xd_file_read(arena, (const char *) path->data, FILE_MOST, &text);

    if (rc != XD_OK) {
        if (rc != XD_E_IO || ngx_errno != NGX_ENOENT) {
            rv = bad_file(path, log, rc == XD_E_IO ? ngx_errno : 0,
                "cannot be read");
        }
    } else if (!take_lines(slots, text)) {
        rv = bad_file(path, log, 0, "is damaged");
    }

    xd_arena_free(arena);

    return rv;
}


/* -- writing --------------------------------------------------------------- */


/* Units to be counted as spent, in the form of the word. */
static int64_t
ahead(ngx_xd_slot_t *s)
{
    int64_t spent = atomic_load(&s->u.quota.spent);
    int64_t granted = atomic_load(&s->u.quota.granted);
    int64_t window = spent >> NGX_XD_QUOTA_BITS;
    int64_t units =
        ngx_xd_quota_spent(spent, window) + atomic_load(&s->u.quota.reserve);

    units = ngx_min(units, NGX_XD_QUOTA_MOST);

    /* Somebody may be spending up to what is granted: never less of it. */
    return ngx_max((window << NGX_XD_QUOTA_BITS) + units, granted);
}


static void
add_line(xd_buf_t *b, const ngx_xd_slot_t *s, int64_t word)
{
    xd_buf_fmt(b, "%016llx%016llx %lld %lld %lld\n",
        (unsigned long long) s->key.hash[0],
        (unsigned long long) s->key.hash[1],
        (long long) (word >> NGX_XD_QUOTA_BITS),
        (long long) (word & NGX_XD_QUOTA_MOST),
        (long long) atomic_load(&s->u.quota.ends));
}


static void
add_head(xd_buf_t *b, const ngx_xd_slots_t *slots)
{
    xd_buf_fmt(b, "xd-quotas 1 %016llx\n", (unsigned long long) slots->stamp);
}


static ngx_int_t
write_out(const ngx_str_t *path, xd_buf_t *b, ngx_uint_t lines, ngx_log_t *log)
{
    xd_rc_t rc;

    xd_buf_fmt(b, "end %llu\n", (unsigned long long) lines);
    rc = xd_buf_rc(b);

    if (rc == XD_OK) {
        rc = xd_file_write((const char *) path->data, xd_buf_str(b), FILE_MODE);
    }

    if (rc != XD_OK) {
        ngx_log_error(NGX_LOG_ERR, log, rc == XD_E_IO ? ngx_errno : 0,
            "xd_quota_state \"%V\" cannot be written", path);
    }

    return rc == XD_OK ? NGX_OK : NGX_ERROR;
}


/* One writer at a time; a dead one does not keep the others out. */
static ngx_uint_t
lock(ngx_xd_slots_t *slots)
{
    ngx_atomic_uint_t pid = slots->writer;

    if (pid != 0 && !(kill((ngx_pid_t) pid, 0) == -1 && ngx_errno == NGX_ESRCH))
    {
        return 0;
    }

    return ngx_atomic_cmp_set(&slots->writer, pid, (ngx_atomic_uint_t) ngx_pid);
}


/* What is written is granted only behind the write. */
static ngx_int_t
write_all(ngx_xd_slots_t *slots, const ngx_str_t *path, int64_t *words,
    ngx_log_t *log)
{
    xd_buf_t b = { 0 };
    ngx_uint_t i, n = 0, lines = 0;
    ngx_int_t rc;

    add_head(&b, slots);

    for (i = 0; i < slots->room; i++) {
        if (ngx_xd_slot_is_quota(&slots->slot[i])) {
            words[n] = ngx_max(words[n], ahead(&slots->slot[i]));

            /* One that nobody has used yet has no window. */
            if (words[n] >> NGX_XD_QUOTA_BITS != 0) {
                add_line(&b, &slots->slot[i], words[n]);
                lines++;
            }
            n++;
        }
    }

    rc = write_out(path, &b, lines, log);
    xd_buf_free(&b);

    for (i = 0, n = 0; i < slots->room && rc == NGX_OK; i++) {
        if (ngx_xd_slot_is_quota(&slots->slot[i])) {
            atomic_store(&slots->slot[i].u.quota.granted, words[n++]);
        }
    }

    return rc;
}


/* The word that lets this call pass, at its quota's place in the row. */
static void
want(const ngx_xd_slots_t *slots, const ngx_xd_slot_t *slot, int64_t window,
    int64_t cost, int64_t *words)
{
    int64_t spent = atomic_load(&slot->u.quota.spent);
    int64_t units = ngx_xd_quota_spent(spent, window) + cost
                    + atomic_load(&slot->u.quota.reserve) - 1;
    ngx_uint_t i, n = 0;

    for (i = 0; &slots->slot[i] != slot; i++) {
        n += ngx_xd_slot_is_quota(&slots->slot[i]);
    }

    words[n] =
        ngx_xd_quota_word(spent, window, ngx_min(units, NGX_XD_QUOTA_MOST));
}


ngx_int_t
ngx_xd_quotas_grant(ngx_xd_slots_t *slots, const ngx_str_t *path,
    ngx_xd_slot_t *slot, int64_t window, int64_t cost, ngx_log_t *log)
{
    ngx_int_t rc = NGX_ERROR;
    int64_t *words;

    if (!lock(slots)) {
        return NGX_BUSY;
    }

    words = ngx_calloc((slots->used + 1) * sizeof(*words), log);

    if (words != NULL) {
        if (slot != NULL) {
            want(slots, slot, window, cost, words);
        }

        rc = write_all(slots, path, words, log);
        ngx_free(words);
    }

    slots->writer = 0;

    return rc;
}


ngx_uint_t
ngx_xd_quotas_behind(const ngx_xd_slots_t *slots)
{
    const ngx_xd_slot_t *s = slots->slot;
    ngx_uint_t i;
    int64_t left;

    for (i = 0; i < slots->room; i++) {
        if (ngx_xd_slot_is_quota(&s[i])
            && atomic_load(&s[i].u.quota.spent) != 0) {
            left = atomic_load(&s[i].u.quota.granted)
                   - atomic_load(&s[i].u.quota.spent);

            if (2 * left < atomic_load(&s[i].u.quota.reserve)) {
                return 1;
            }
        }
    }

    return 0;
}


/* -- the end --------------------------------------------------------------- */


/* A binary upgrade has another gateway write it: that one knows more. */
static ngx_uint_t
is_ours(const ngx_xd_slots_t *slots, const ngx_str_t *path)
{
    xd_buf_t head = { 0 };
    xd_file_t file;
    ngx_uint_t ours;

    if (xd_file_map((const char *) path->data, &file) != XD_OK) {
        return 1;
    }

    add_head(&head, slots);
    ours = xd_buf_rc(&head) == XD_OK
           && xd_str_starts(file.bytes, xd_buf_str(&head));
    xd_buf_free(&head);
    xd_file_unmap(&file);

    return ours;
}


void
ngx_xd_quotas_close(ngx_xd_slots_t *slots, const ngx_str_t *path,
    ngx_log_t *log)
{
    ngx_xd_slot_t *s = slots->slot;
    xd_buf_t b = { 0 };
    ngx_uint_t i, n = 0;

    if (!is_ours(slots, path)) {
        return;
    }

    add_head(&b, slots);

    for (i = 0; i < slots->room; i++) {
        if (ngx_xd_slot_is_quota(&s[i])
            && atomic_load(&s[i].u.quota.spent) != 0) {
            add_line(&b, &s[i], atomic_load(&s[i].u.quota.spent));
            n++;
        }
    }

    if (n != 0) {
        (void) write_out(path, &b, n, log);
    }

    xd_buf_free(&b);
}
