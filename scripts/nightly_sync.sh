#!/usr/bin/env bash
# The nightly job, for cron or systemd: runs `eig-sheets sync` once, logs it, tells whoever must know.
#
#     nightly_sync.sh [SETTINGS]        SETTINGS: by default nightly.env beside this script, when there is one
#
# Exit code: that of `eig-sheets sync`; 75 when another run is under way, 78 when the settings cannot be used,
# 127 when eig-sheets is not installed. Settings are described in nightly.env.example, use in docs/nightly.fr.md.
set -u -o pipefail
umask 077 # nobody else's to read: the log, its lock, what `sync` makes; the workbook that it saves keeps its mode

script=$(readlink -f "${BASH_SOURCE[0]}")
root=$(cd "$(dirname "$script")/.." && pwd)

log=""
log_start=0

now() {
    date '+%Y-%m-%d %H:%M:%S'
}

# Each line of the input, dated, into the log; on the error output as long as there is no log.
record() {
    trap '' TERM INT HUP
    while IFS= read -r line || [ -n "$line" ]; do
        if [ -n "$log" ]; then
            printf '%s  %s\n' "$(now)" "$line" >>"$log"
        else
            printf '%s\n' "$line" >&2
        fi
    done
}

note() {
    printf '%s\n' "$*" | record
}

# Ends a run that failed: cron mails what is on the error output, systemd keeps it in its journal.
fail() {
    local code=$1 message=$2
    note "$message"
    [ -z "$log" ] || printf '%s\n' "$message" >&2
    ping_health fail
    alert "$message"
    exit "$code"
}

# ---- Settings: KEY=value lines, taken as they are (nothing in them is run), handed to eig-sheets as its environment.

unquoted() {
    case $1 in
        \"*\" | \'*\') local inner=${1#?}; printf '%s' "${inner%?}" ;;
        *) printf '%s' "$1" ;;
    esac
}

trimmed() {
    local text=${1#"${1%%[![:space:]]*}"}
    printf '%s' "${text%"${text##*[![:space:]]}"}"
}

read_settings() {
    local file=$1 line number=0
    while IFS= read -r line || [ -n "$line" ]; do
        number=$((number + 1))
        [ "$number" -ne 1 ] || line=${line#$'\xef\xbb\xbf'} # the byte order mark of an editor under Windows
        line=$(trimmed "$line")
        line=${line#export }
        case $line in "" | \#*) continue ;; esac
        if ! [[ $line =~ ^([A-Z_][A-Z0-9_]*|[a-z]+_proxy)=(.*)$ ]]; then
            fail 78 "La ligne $number de $file n’est pas de la forme CLÉ=valeur ; corrigez-la."
        fi
        export "${BASH_REMATCH[1]}=$(unquoted "${BASH_REMATCH[2]}")"
    done <"$file"
}

settings() {
    local file=${1-}
    if [ -z "$file" ]; then
        file=$root/scripts/nightly.env
        [ -e "$file" ] || return 0
    fi
    if ! [ -f "$file" ] || ! [ -r "$file" ]; then
        fail 78 "Le fichier de réglages $file est introuvable ou illisible ; partez de scripts/nightly.env.example."
    fi
    read_settings "$file"
}

whole_number() {
    local key=$1 default=$2 value
    value=${!key:-$default}
    if ! [[ $value =~ ^[1-9][0-9]{0,8}$ ]]; then
        fail 78 "$key doit être un nombre entier, par exemple $default, dans les réglages."
    fi
    printf -v "$key" '%s' "$value"
}

# ---- Log: nightly.log, then nightly.log.1 (the latest of the old ones), nightly.log.2…

create_log() {
    mkdir -p "$(dirname "$1")" && : >>"$1"
}

open_log() {
    local folder=${EIG_SHEETS_LOG_DIR:-$root/.eig-sheets/logs}
    if ! create_log "$folder/nightly.log" 2>/dev/null; then
        fail 78 "Impossible d’écrire dans le dossier du journal ${folder} ; vérifiez EIG_SHEETS_LOG_DIR et ses droits."
    fi
    log=$folder/nightly.log
}

rotate_log() {
    local size number
    size=$(wc -c <"$log")
    if [ "$size" -ge $((EIG_SHEETS_LOG_MAX_KB * 1024)) ]; then
        for ((number = EIG_SHEETS_LOG_KEEP; number > 1; number--)); do
            [ ! -e "$log.$((number - 1))" ] || mv -f "$log.$((number - 1))" "$log.$number"
        done
        mv -f "$log" "$log.1"
        create_log "$log"
    fi
    log_start=$(wc -c <"$log")
}

lines_of_this_run() {
    tail -c "+$((log_start + 1))" "$log" | tail -n 20
}

# ---- Lock: held until `sync` ends, and by it should this script be killed.

busy() {
    note "Une synchronisation est déjà en cours sur cette machine ; celle-ci s’arrête sans rien faire."
    exit 75
}

lock() {
    if command -v flock >/dev/null; then
        exec 9>"$log.lock"
        flock -n 9 || busy
    else
        lock_with_link "$log.pid"
    fi
}

# Without flock (macOS, BSD): a link whose target is the number of this process. One left by a run that was killed, or
# by a power cut, names a process that is no more.
lock_with_link() {
    if ! ln -s $$ "$1" 2>/dev/null; then
        if kill -0 "$(readlink "$1")" 2>/dev/null; then busy; fi
        rm -f "$1"
        ln -s $$ "$1" 2>/dev/null || busy
    fi
    trap 'rm -f "$log.pid"' EXIT
}

unlock() {
    exec 9>&-
    rm -f "$log.pid"
    trap - EXIT
}

# ---- Telling: neither of these can change the outcome of the run, and neither puts an address in the log.

ping_health() {
    local url=${EIG_SHEETS_HEALTH_URL-} seconds=${EIG_SHEETS_HEALTH_TIMEOUT:-10}
    [ -n "$url" ] || return 0
    if [ "$1" = fail ]; then
        local query=${url#"${url%%\?*}"}
        url=${url%%\?*}
        url=${url%/}/fail$query
    fi
    get "$url" "$seconds" >/dev/null 2>&1 || note "Le service de surveillance n’a pas répondu (code $?)."
}

# The address goes through the standard input: `ps` shows command lines to everyone on the machine.
get() {
    local url=$1 seconds=$2
    if command -v curl >/dev/null; then
        printf 'url = "%s"\n' "$(printf '%s' "$url" | sed 's/[\\"]/\\&/g')" |
            curl --config - --silent --fail --location --proto '=http,https' --max-time "$seconds" --retry 2
    else
        printf '%s\n' "$url" | wget --quiet --tries=3 --timeout="$seconds" --output-document=- --input-file=-
    fi
}

alert() {
    [ -n "${EIG_SHEETS_ALERT-}" ] || return 0
    { printf '%s\n\n' "$1"; [ -z "$log" ] || lines_of_this_run; } | sh -c "$EIG_SHEETS_ALERT" alerte "$1" 2>&1 | record
    local code=${PIPESTATUS[1]}
    [ "$code" -eq 0 ] || note "La commande d’alerte a échoué (code $code)."
}

# ---- The run

program() {
    if [ -x "$root/.venv/bin/eig-sheets" ]; then
        printf '%s' "$root/.venv/bin/eig-sheets"
    else
        command -v eig-sheets
    fi
}

# Two ends of a pipe that has no name any more: 6 to write to, 7 to read from.
open_pipe() {
    local folder
    folder=$(mktemp -d) && mkfifo "$folder/pipe" || return
    exec 8<>"$folder/pipe"
    # shellcheck disable=SC2094 # it is a pipe
    exec 7<"$folder/pipe" 6>"$folder/pipe" 8>&-
    rm -rf "$folder"
}

# Runs `sync` into the log. Its exit code is `status`. Bash would keep a signal until a pipeline ends: so it only waits
# here, and hands on what it gets, as TERM since what a shell starts in the background ignores INT.
run_sync() {
    local running recording code
    open_pipe || fail 78 "Impossible de créer un fichier temporaire dans ${TMPDIR:-/tmp} ; vérifiez ses droits et la place libre."
    trap '' TERM INT HUP # what records ignores them from its start: it must outlive `sync`, whose last words it takes
    record <&7 6>&- &
    recording=$!
    trap 'stopped=yes' TERM INT HUP
    "$command" sync </dev/null >&6 2>&1 6>&- 7<&- &
    running=$!
    trap 'stopped=yes; kill -TERM "$running" 2>/dev/null' TERM INT HUP
    [ -z "$stopped" ] || kill -TERM "$running" 2>/dev/null
    exec 6>&- 7<&-
    wait "$running"
    status=$?
    while [ -n "$stopped" ]; do # a signal ends the wait, be `sync` at its end or not
        stopped=""
        wait "$running"
        code=$?
        case $code in 127 | -1) ;; *) status=$code ;; esac # either: `sync` was waited for already
    done
    wait "$recording"
    trap : TERM INT HUP
}

settings "$@"
cd "$root" || exit 78
whole_number EIG_SHEETS_LOG_MAX_KB 1024
whole_number EIG_SHEETS_LOG_KEEP 8
whole_number EIG_SHEETS_HEALTH_TIMEOUT 10
open_log
lock
rotate_log

command=$(program) || fail 127 "Le programme eig-sheets n’est pas installé dans ${root} ; lancez « make venv » dans ce dossier."

# Caught rather than obeyed: when systemd or a person stops the run, `sync` stops, and this script says so.
stopped=""
trap 'stopped=yes' TERM INT HUP
note "Début de la synchronisation."
run_sync
unlock

if [ "$status" -ne 0 ]; then
    fail "$status" "La synchronisation de la nuit a échoué (code $status) sur ${HOSTNAME} ; le journal est $log."
fi
note "Synchronisation réussie."
ping_health success
